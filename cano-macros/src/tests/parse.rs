use super::{messages, parsed, tokens};
use crate::parse::Policy;

/// The states that are kept of these rows, `A =` with what stands behind `=`, `A ?` where that could not be read; and
/// the mistakes.
fn kept(rows: &str) -> (String, Vec<String>) {
    let (table, mistakes) = parsed(&format!("enum Flow {{ {rows} }}"));
    let states = table.expect(rows).states;
    let states = states.iter().map(|state| match (&state.row, state.is_broken) {
        (_, true) => format!("{} ?", state.name),
        (Some(_), false) => format!("{} =", state.name),
        (None, false) => state.name.to_string(),
    });
    (states.collect::<Vec<_>>().join(", "), messages(&mistakes))
}

#[test]
fn a_table_is_an_enum_with_something_behind_its_states() {
    let (table, mistakes) = parsed(
        "/// Docs.
        #[store(Shop<B>)]
        pub(crate) enum Flow<B: Bank> where B: Clone {
            #[start] A { n: u32, bank: B } = match a(n) { On => B, _ => C },
            B = (b, c) >> C,
            #[exit] C,
        }",
    );
    let table = table.unwrap();
    assert!(mistakes.is_empty());
    assert_eq!((table.attrs.len(), table.name.to_string().as_str()), (2, "Flow"));
    assert_eq!(table.generics.params.len(), 1);
    assert!(table.generics.where_clause.is_some());
    let states =
        table.states.iter().map(|state| (state.attrs.len(), state.fields.len(), state.row.is_some()));
    assert_eq!(states.collect::<Vec<_>>(), [(1, 2, true), (0, 0, true), (1, 0, false)]);
}

#[test]
fn a_row_that_cannot_be_read_keeps_its_state_and_the_rows_round_it() {
    for (rows, states, mistake) in [
        ("A = a >> B, B : b >> C, C", "A =, B ?, C", "the task of a state stands behind `=`"),
        ("A = a >> B, B >> C, C", "A =, B ?, C", "a row is `State = task >> Next`"),
        ("A = a >> B, B => C, C", "A =, B ?, C", "the task of a state stands behind `=`"),
        (
            "A = a >> B, B = b => C, C",
            "A =, B ?, C",
            "`=>` stands in a `match`; one way on is written with `>>`",
        ),
        ("A = a >> B, B = , C", "A =, B ?, C", "expected an expression"),
        ("A = a >> B, B = b >>, C", "A =, B ?, C", "expected an expression"),
        ("A = a >> B, B = match b { On => }, C", "A =, B ?, C", "expected an expression"),
        ("A = a >> B, B { n } = b >> C, C", "A =, B ?, C", "expected `:`"),
        ("A = a >> B, 5 = b >> C, C", "A =, C", "expected the name of a state"),
        ("A = a >> B,, C", "A =, C", "expected the name of a state"),
    ] {
        assert_eq!(kept(rows), (states.to_owned(), vec![mistake.to_owned()]), "{rows}");
    }
}

#[test]
fn a_row_with_a_slip_keeps_its_name_its_fields_and_the_row_behind_it() {
    for (rows, states, mistake) in [
        ("#[exit exit] A, B", "A ?, B", "unexpected token, expected `]`"),
        ("#[5] A = a >> B, B", "A ?, B", "expected identifier"),
        ("# A = a >> B, B", "A ?, B", "expected an attribute"),
        ("[exit] A, B", "A ?, B", "an attribute begins with `#`"),
        ("5 A = a >> B, B", "A ?, B", "expected the name of a state"),
        ("A = a >> B 'x #[exit] B", "A ?, B", "expected `,` after the row of state `A`"),
        ("A { n u32 } = a >> B, B", "A ?, B", "expected `:`"),
        ("A { n: } = a >> B, B", "A ?, B", "expected a type"),
        ("A = match a { = => B }, B", "A ?, B", "expected a pattern"),
        ("A = a >> | B, #[exit] B", "A ?, B", "expected `,`"),
        ("A = true a(n) { B }, B", "A ?, B", "expected `,` after the row of state `A`"),
        ("A { n: u32,, } = a >> B, B", "A ?, B", "a comma without a field before it"),
        ("A { dyn n: u32 } = a >> B, B", "A ?, B", "expected identifier, found keyword `dyn`"),
    ] {
        assert_eq!(kept(rows), (states.to_owned(), vec![mistake.to_owned()]), "{rows}");
    }
}

#[test]
fn a_field_that_cannot_be_read_is_one_field_all_the_same() {
    for (fields, names) in [
        ("n u32, m: u32", "n m"),
        ("n: , m: u32", "n m"),
        ("n: u32 m: u32", "n m"),
        ("n: Map<u8, 5 6>, m: u32", "n m"),
        ("dyn n: u32, m: u32", "n m"),
        ("n: u32,, m: u32", "n m"),
        ("5: u32, m: u32", "m"),
    ] {
        let (table, mistakes) = parsed(&format!("enum Flow {{ A {{ {fields} }} = a >> B, B }}"));
        let fields = table.unwrap().states[0].fields.clone();
        let found: Vec<_> = fields.iter().map(|field| field.ident.as_ref().unwrap().to_string()).collect();
        assert_eq!((found.join(" ").as_str(), messages(&mistakes).len()), (names, 1), "{names}");
    }
}

#[test]
fn a_table_whose_header_is_wrong_keeps_its_rows() {
    for (header, mistake) in [
        ("publ enum Flow", "a workflow is written as an `enum` of its states"),
        ("#[exits exits] enum Flow", "unexpected token, expected `]`"),
        ("pub(in) enum Flow", "expected identifier"),
        ("enum Flow Other", "expected the states in braces"),
        ("enum Flow<5>", "expected one of: lifetime, identifier, `const`"),
        ("enum Flow where T =", "expected `:`"),
    ] {
        let (table, mistakes) = parsed(&format!("{header} {{ A = a >> B, B }}"));
        let table = table.expect(header);
        assert_eq!((table.name.to_string().as_str(), table.states.len()), ("Flow", 2), "{header}");
        assert_eq!(messages(&mistakes), [mistake], "{header}");
    }
}

#[test]
fn rows_that_nothing_or_a_semicolon_separates_are_read_all_the_same() {
    for (rows, mistake) in [
        ("A = a >> B B = b >> C, C", "expected `,` after the row of state `A`"),
        ("A = a >> B; B = b >> C, C", "rows are separated by commas"),
    ] {
        assert_eq!(kept(rows), ("A =, B =, C".to_owned(), vec![mistake.to_owned()]), "{rows}");
    }
}

#[test]
fn each_row_that_is_wrong_is_told() {
    let (states, mistakes) = kept("A : a, B = b >> C, C => D, D");
    assert_eq!(states, "A ?, B =, C ?, D");
    assert_eq!(mistakes.len(), 2);
}

#[test]
fn without_an_enum_with_a_name_there_is_no_table() {
    for (table, mistake) in [
        ("", "a workflow is written as an `enum` of its states"),
        ("struct Flow { }", "a workflow is written as an `enum` of its states"),
        ("enum { A }", "a workflow has a name"),
        ("enum A", "workflow `A` has no states [W0100]"),
    ] {
        let (table, mistakes) = parsed(table);
        assert!(table.is_none());
        assert_eq!(messages(&mistakes), [mistake]);
    }
}

#[test]
fn a_second_enum_is_refused_and_the_first_is_kept() {
    let (table, mistakes) = parsed("enum A { B } enum C { D }");
    assert_eq!(table.unwrap().name, "A");
    assert_eq!(messages(&mistakes), ["a `workflow!` holds one enum"]);
}

#[test]
fn a_policy_is_a_word_a_form_with_numbers_or_a_path() {
    let private = tokens("private");
    let config = |policy: &str| {
        let policy: Policy = syn::parse_str(policy).expect(policy);
        policy.expand(&private).to_string().replace(' ', "").replace("private::", "")
    };
    assert_eq!(config("none"), "TaskConfig::minimal()");
    assert_eq!(config("fixed(3, \"1s\")"), "TaskConfig::with_fixed_retry(3u32,Duration::new(1u64,0u32))");
    assert_eq!(config("exponential(5)"), "TaskConfig::with_exponential_retry(5u32)");
    assert_eq!(
        config("exponential(5, jitter = 0, base = \"250ms\", max = \"1m 30s\")"),
        "TaskConfig::with_exponential_retry(5u32).with_base(Duration::new(0u64,250000000u32))\
         .with_max_delay(Duration::new(90u64,0u32)).with_jitter(0f64)"
    );
    assert_eq!(config("policies::PATIENT"), "Policy::policy(policies::PATIENT)");
}

#[test]
fn a_policy_out_of_range_is_refused() {
    for (policy, mistake) in [
        ("fixed", "`fixed` needs the number of retries [W0110]"),
        ("fixed(3)", "`fixed` needs the delay between attempts [W0110]"),
        ("fixed(0, \"1s\")", "a policy with no retries repeats nothing [W0110]"),
        ("fixed(-1, \"1s\")", "the number of retries is a whole number from 1 to 4294967295 [W0110]"),
        ("fixed(3, 1)", "a delay is a text with its unit [W0110]"),
        ("fixed(3, \"1\")", "`1` is not a duration: `1` has no unit [W0110]"),
        ("fixed(3, \"1s\", 2)", "`fixed` takes two values, and `within` [W0110]"),
        ("exponential()", "`exponential` needs the number of retries [W0110]"),
        ("exponential(5, base)", "`base` has no value [W0110]"),
        ("exponential(5, within = \"0s\")", "no retry begins within no time [W0110]"),
        ("fixed(3, \"1s\", within = \"0ms\")", "no retry begins within no time [W0110]"),
        ("exponential(5, jitter = 1.5)", "a jitter is a part of the delay, from 0.0 to 1.0 [W0110]"),
        ("exponential(5, bse = \"1s\")", "`exponential` has no option `bse` [W0110]"),
        ("exponential(5, max = \"1s\", max = \"2s\")", "`max` is given twice [W0110]"),
        ("exponentail(5)", "not a retry policy [W0110]"),
    ] {
        let error = syn::parse2::<Policy>(tokens(policy)).err().expect(policy);
        assert_eq!(messages(&error.to_compile_error()), [mistake], "{policy}");
    }
}
