//! Expansions beside files, as a person reads them. `UPDATE=1 cargo test -p cano-macros` rewrites the files.

use std::{env, fs, path::Path};

use proc_macro2::TokenStream;

use super::{messages, tokens};
use crate::{
    table::table,
    task::{node, task},
};

/// With `private::` for the way to cano's own items, and the loop as a call, which can be laid out.
fn readable(expanded: &TokenStream) -> String {
    let short =
        expanded.to_string().replace(":: cano :: __private ::", "private ::").replace("drive !", "drive");
    prettyplease::unparse(&syn::parse_str(&short).expect("an expansion is items"))
}

fn assert_snapshot(name: &str, expanded: &TokenStream) {
    let expanded = readable(expanded);
    let file = format!("{}/src/tests/snapshots/{name}.rs", env!("CARGO_MANIFEST_DIR"));
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, &expanded).expect("the file can be written");
    }
    let expected = fs::read_to_string(Path::new(&file)).unwrap_or_default();
    assert!(
        expanded == expected,
        "not as in {file}, but:\n{expanded}\nIf it is right, run again with UPDATE=1"
    );
}

#[test]
fn a_table_becomes_an_enum_its_exits_and_one_loop() {
    let table = table(tokens(
        "/// Says hello.
        pub enum Hello {
            #[start] Greet { name: String } = greet(name) >> Greeted,
            #[exit] Greeted,
        }",
    ));
    assert_snapshot("one_way", &table);
}

#[test]
fn arms_are_the_users_and_catches_and_retries_stand_beside_the_loop() {
    let table = table(tokens(
        "#[store(Ledger)]
        enum Intake {
            #[start]
            Parse { raw: RawInvoice } = match parse(raw) {
                Valid(invoice) if invoice.total > 0 => Book { invoice },
                Valid(_) | Incomplete => Rejected { raw },
            },
            #[retry(fixed(3, \"1s\"))]
            #[catch(LedgerError::Closed => Rejected { raw: invoice.raw })]
            #[catch(error => Failed { error })]
            Book { invoice: Invoice } = book >> Booked,
            #[exit] Booked,
            #[exit] Rejected { raw: RawInvoice },
            #[exit] Failed { error: CanoError },
        }",
    ));
    assert_snapshot("arms_and_catches", &table);
}

#[test]
fn tasks_at_once_are_polled_together_and_instances_have_fields() {
    let table = table(tokens(
        "enum Check<B: Bank> {
            #[start]
            Ask { bank: B, n: u32 } = match (stock(n), Charge::<B>(bank)) {
                (InStock, Some(_)) => Choose { n },
                (_, _) => No,
            },
            Choose { n: u32 } = Choice >> [Yes, No],
            #[exit] Yes { n: u32, at: Time },
            #[exit] No,
        }",
    ));
    assert_snapshot("together_and_instances", &table);
}

/// How many loops a table has with so many rows, and how many rows.
fn loops_and_rows(rows: usize) -> (usize, usize) {
    let mut text = "enum Line { #[start] S0 = pass >> S1,".to_owned();
    (1..rows).for_each(|i| text += &format!("S{i} = pass >> S{},", i + 1));
    let expanded = table(tokens(&format!("{text} #[exit] S{rows} }}"))).to_string();
    let loops = expanded.matches("enter (__cx , __state)").count();
    (loops, expanded.matches("let __result =").count())
}

#[test]
fn the_rows_of_a_large_table_stand_in_groups() {
    assert_eq!(loops_and_rows(1), (1, 1));
    assert_eq!(loops_and_rows(64), (1, 64));
    assert_eq!(loops_and_rows(65), (3, 65));
    assert_eq!(loops_and_rows(500), (16, 500));
}

#[test]
fn after_a_mistake_there_is_all_that_the_users_code_names() {
    let table = table(tokens(
        "pub enum Hello {
            #[start] Greet { name: String } = Greeter(nam) >> Greeted,
            #[exit] Greeted,
        }",
    ));
    assert_eq!(messages(&table), ["state `Greet` has no field `nam` [W0113]"]);
    assert_snapshot("after_a_mistake", &table);
}

#[test]
fn a_function_stays_and_a_type_of_its_name_is_the_task() {
    let options = tokens("retry = exponential(5)");
    let item = tokens(
        "/// Books it.
        pub async fn book(invoice: &Invoice, limit: u32, store: &Ledger, cx: &Cx) -> Result<Booked, LedgerError> { todo() }",
    );
    assert_snapshot("task_function", &task(options, item));
}

#[test]
fn a_task_without_a_store_is_one_for_every_store() {
    let item = tokens("impl Greeter { async fn run(&self, name: &str) -> CanoResult<()> { greet(name) } }");
    assert_snapshot("task_impl", &task(TokenStream::new(), item));
}

#[test]
fn the_phases_of_a_node_are_attempted_together() {
    let item = tokens(
        "impl Book {
            async fn prep(&self, invoice: &Invoice, store: &Ledger) -> Result<Draft, LedgerError> { draft() }
            async fn exec(&self, draft: Draft) -> Receipt { write() }
            async fn post(&self, receipt: Receipt, store: &Ledger) -> Result<Booked, LedgerError> { book() }
        }",
    );
    assert_snapshot("node", &node(TokenStream::new(), item));
}

#[test]
fn with_a_crate_of_another_name_nothing_is_named_cano_also_after_a_mistake() {
    let options = || tokens("crate = renamed");
    let node_without_exec =
        "impl Ask { async fn prep(&self) -> R<u8> { a() } async fn post(&self) -> R<u8> { b() } }";
    for (expanded, wrong) in [
        (task(options(), tokens("async fn ask() -> R<u8> { a() }")), 0),
        (task(options(), tokens("impl Ask { async fn run(&self) -> R<u8> { a() } }")), 0),
        (task(options(), tokens("impl Ask { fn run(&self) -> R<u8> { a() } }")), 1),
        (task(options(), tokens("impl Node<u8> for Ask { }")), 1),
        (node(options(), tokens(node_without_exec)), 1),
        (table(tokens("#[workflow(crate = renamed)] enum Flow { #[start] A = a >> B, #[exit] B }")), 0),
        (table(tokens("#[workflow(crate = renamed)] enum Flow { #[start] A = a >> C, #[exit] B }")), 1),
    ] {
        assert_eq!(messages(&expanded).len(), wrong, "{expanded}");
        let text = expanded.to_string();
        assert!(!text.contains(":: cano ::") && text.matches("renamed").count() == 1, "{text}");
    }
}

#[test]
fn a_type_of_several_bounds_may_stand_behind_a_reference() {
    let item = tokens("async fn book(a: dyn Ledger + Send) -> R<u8> { a() }");
    let field = tokens("enum Flow { #[start] A { n: dyn Ledger + Send } = a(n) >> B, #[exit] B }");
    for expanded in [task(TokenStream::new(), item), table(field)] {
        assert!(readable(&expanded).contains("(dyn Ledger + Send)"), "{expanded}");
    }
}

#[test]
fn what_is_wrong_in_a_body_is_left_to_rustc() {
    let function = "async fn book(n: u32) -> R<u8> { let = n + ; }";
    let block = "impl Book { async fn run(&self, n: u32) -> R<u8> { match n { 1 = } } }";
    for item in [function, block] {
        let expanded = task(TokenStream::new(), tokens(item));
        assert_eq!(messages(&expanded), [""; 0]);
        assert!(expanded.to_string().contains("Step"), "{expanded}");
    }
}

#[test]
fn of_an_impl_that_cannot_be_read_what_can_be_is_a_task() {
    let post = "async fn post(&self, n: u8) -> CanoResult<Booked> { b() }";
    for (exec, outcome) in
        [("async fn exec(&self n: u8) -> u8 { n }", "Booked"), ("async fn exec(&self) -> u8 { 5 } 5", "()")]
    {
        let item = format!("impl Book {{ async fn prep(&self) -> R<u8> {{ a() }} {exec} {post} }}");
        let expanded = node(TokenStream::new(), tokens(&item));
        assert_eq!(messages(&expanded).len(), 1, "{expanded}");
        let outcome = format!("type Outcome = {} ;", tokens(outcome));
        assert!(expanded.to_string().contains(&outcome), "{outcome} in {expanded}");
    }
}

#[test]
fn a_policy_with_generics_is_an_expression() {
    let item = || tokens("async fn book() -> R<u8> { a() }");
    let right = task(tokens("retry = policy::<u8>"), item());
    assert!(messages(&right).is_empty() && !readable(&right).is_empty());
    assert_eq!(messages(&task(tokens("retry = policy<'a>"), item())), ["expected `,` [W0110]"]);
}
