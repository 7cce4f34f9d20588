use quote::ToTokens;

use super::{messages, modelled};
use crate::model::{CatchPattern, Instance, Row, State, Ways, Workflow, text};

/// The state `A` of a table, with `state` as its row.
fn state(state: &str) -> State {
    let (mut workflow, mistakes) = modelled(&format!("enum Flow {{ {state}, B, C }}"));
    assert!(mistakes.is_empty(), "{state}: {:?}", messages(&mistakes));
    workflow.states.remove(0)
}

fn row(written: &str) -> Row {
    state(&format!("A {{ n: u32, m: u32 }} = {written}")).row.expect(written)
}

/// The tasks of a row, each with what it is lent, and the field of the tasks' instances where it has one.
fn calls(row: &Row) -> Vec<String> {
    let calls = row.calls.iter().map(|call| {
        let args = call.args.as_ref().map(|args| args.iter().map(ToString::to_string).collect::<Vec<_>>());
        let args = args.map_or("all".to_owned(), |args| args.join(", "));
        match &call.instance {
            Instance::Function => format!("{} of {args}", call.name()),
            Instance::Slot(field) => format!("{} of {args}, the field {field}", call.name()),
        }
    });
    calls.collect()
}

fn ways(row: &Row) -> Vec<String> {
    match &row.ways {
        Ways::One(target) => vec![text(target)],
        Ways::Named(names) => names.iter().map(|name| format!("{name} to {name}")).collect(),
        Ways::Arms(arms) => {
            arms.iter().map(|arm| format!("{} to {}", text(&arm.pat), text(&arm.target))).collect()
        }
    }
}

#[test]
fn a_bare_task_is_lent_all_fields_and_a_call_those_that_it_names() {
    assert_eq!(calls(&row("check >> B")), ["check of all"]);
    assert_eq!(calls(&row("check() >> B")), ["check of "]);
    assert_eq!(calls(&row("shop::check(m, n) >> B")), ["check of m, n"]);
    assert_eq!(calls(&row("(check, book(n)) >> B")), ["check of all", "book of n"]);
}

#[test]
fn a_task_in_capitals_is_a_value_with_a_field_in_snake_case() {
    assert_eq!(calls(&row("shop::HttpClient(n) >> B")), ["HttpClient of n, the field http_client"]);
    assert_eq!(calls(&row("Charge::<Bank> >> B")), ["Charge of all, the field charge"]);
    assert_eq!(calls(&row("Type >> B")), ["Type of all, the field r#type"]);
}

#[test]
fn the_ways_on_are_one_or_the_names_of_states_or_arms() {
    assert_eq!(ways(&row("check >> B")), ["B {}"]);
    assert_eq!(ways(&row("check >> B { total: n + m, n }")), ["B { total: n + m, n }"]);
    assert_eq!(ways(&row("check >> [B, C]")), ["B to B", "C to C"]);
    assert_eq!(
        ways(&row("match check { Valid(x) if x > n => B { x }, None | Some(_) => { C } }")),
        ["Valid(x) if x > n to B { x }", "None | Some(_) to C {}"]
    );
}

#[test]
fn a_row_from_a_macro_reads_as_if_it_were_written() {
    use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
    // As `$task:path` and `$next:expr` arrive: in brackets that nobody wrote.
    let hidden = |tokens: &str| {
        let group = Group::new(Delimiter::None, tokens.parse().unwrap());
        TokenStream::from(TokenTree::Group(group))
    };
    let (task, next) = (hidden("check"), hidden("B"));
    let mut mistakes = crate::mistake::Mistakes::default();
    let table = quote::quote!(enum Flow { A = #task >> #next, B });
    let written = crate::parse::WrittenTable::parse(table, &mut mistakes).unwrap();
    let workflow = Workflow::new(written, &mut mistakes);
    let row = workflow.states[0].row.as_ref().unwrap();
    assert_eq!((calls(row), ways(row)), (vec!["check of all".to_owned()], vec!["B {}".to_owned()]));
}

#[test]
fn a_catch_is_for_any_error_or_for_a_pattern() {
    let state = state(
        "#[catch(Refused::Busy(n) if *n > 0 => B)]
        #[catch(error if error.is_permanent() => B)]
        #[catch(_ => C)]
        A = check >> B",
    );
    let caught = state.catches.iter().map(|catch| match &catch.pattern {
        CatchPattern::Error { pat } => format!("{} to {}", text(pat), catch.target.state),
        CatchPattern::Any { name, guard, .. } => {
            let name = name.as_ref().map_or("any".to_owned(), ToString::to_string);
            format!("{name}, guarded: {}, to {}", guard.is_some(), catch.target.state)
        }
    });
    assert_eq!(
        caught.collect::<Vec<_>>(),
        ["Refused::Busy(n) if *n > 0 to B", "error, guarded: true, to B", "any, guarded: false, to C"]
    );
    assert_eq!(state.targets(), ["B", "B", "B", "C"]);
}

#[test]
fn the_exits_are_named_after_the_table_and_take_its_attributes_but_default() {
    let attributes = |workflow: &Workflow| -> Vec<_> {
        workflow.exit_attrs.iter().map(|attr| text(&attr.to_token_stream())).collect()
    };
    let (workflow, _) = modelled("/// Docs. \n #[derive(Debug, Default)] #[must_use] enum r#Flow { A }");
    assert_eq!(workflow.exit_name, "FlowExit");
    assert_eq!(attributes(&workflow), ["#[derive(Debug)]", "#[must_use]"]);

    let (workflow, _) = modelled("#[derive(Debug)] #[exits(name = End, derive(Clone))] enum Flow { A }");
    assert_eq!(workflow.exit_name, "End");
    assert_eq!(attributes(&workflow), ["#[derive(Clone)]"]);
}

#[test]
fn an_attribute_is_ours_or_goes_along_with_the_enum() {
    let state = state("#[start] #[retry(none)] #[allow(unused)] #[doc = \" Docs.\"] A = check >> B");
    assert!(state.start.is_some() && state.retry.is_some());
    assert_eq!((state.attrs.len(), state.docs.as_str()), (2, "Docs."));
}

#[test]
fn an_attribute_of_a_state_that_nothing_reads_is_refused() {
    let refused = |table: &str, state: &str| {
        let (_, mistakes) =
            modelled(&format!("{table} enum Flow {{ #[{state}] A = check >> B, #[exit] B }}"));
        messages(&mistakes)
    };
    let colour = ["a state has no attribute `colour` [W0110]"];
    for table in [
        "",
        "#[derive(Debug, Clone)]",
        "#[derive(std::fmt::Debug)]",
        "#[allow(dead_code)] #[clippy::msrv = \"1\"]",
    ] {
        assert_eq!(refused(table, "colour(red)"), colour, "{table}");
    }
    assert_eq!(refused("#[derive(Debug)]", "default"), ["a state has no attribute `default` [W0110]"]);
    for (table, state) in [
        ("#[derive(Serialize)]", "colour(red)"),
        ("#[exits(derive(Display))]", "colour(red)"),
        ("#[serde_as]", "colour(red)"),
        ("#[cfg_attr(feature = \"serde\", derive(Serialize))]", "colour(red)"),
        ("#[derive(Debug)]", "debug(\"{n}\")"),
        ("#[derive(Default)]", "default"),
        ("", "cfg_attr(docsrs, doc = \"A.\")"),
        ("", "rustfmt::skip"),
        ("", "clippy::cognitive_complexity = \"3\""),
        ("", "deprecated"),
        ("", "non_exhaustive"),
    ] {
        assert_eq!(refused(table, state), [""; 0], "{table} {state}");
    }
}

#[test]
fn a_mistake_in_a_row_leaves_its_state_which_is_not_judged_again() {
    for (written, mistake) in [
        ("A = check", "state `A` does not say what follows [W0105]"),
        ("A = () >> B", "state `A` has no task [W0105]"),
        ("A = check? >> B", "`?` in a table [W0114]"),
        ("A = 5 >> B", "expected a task [W0105]"),
        ("A = check(n + 1) >> B", "a row lends fields of its state [W0113]"),
        ("A = check >> B >> C", "a row leads to one state [W0109]"),
        ("A = check >> B(n)", "the target of a route is a state of this table [W0109]"),
        ("A = check >> Flow::B", "the target of a route is a state of this table [W0109]"),
        ("A = (check, book) >> [B, C]", "`>> [..]` routes the outcome of one task [W0109]"),
        (
            "A = match check { On => if x { B } else { C } }",
            "the target of a route is a state of this table [W0109]",
        ),
        ("A(u32) = check >> B", "the fields of state `A` have no names [W0113]"),
        ("#[retyr(none)] A = check >> B", "a state has no attribute `retyr` [W0110]"),
        ("#[start] #[start] A = check >> B", "this is said twice [W0110]"),
        ("#[catch] A = check >> B", "`#[catch]` does not say what [W0110]"),
        ("#[cfg(test)] A = check >> B", "state `A` is conditional [W0111]"),
    ] {
        let (workflow, mistakes) = modelled(&format!("enum Flow {{ {written}, B, C }}"));
        assert_eq!(messages(&mistakes), [mistake], "{written}");
        assert!(workflow.states[0].is_broken, "{written}");
    }
}

#[test]
fn a_state_that_is_declared_twice_is_one_state() {
    let (workflow, mistakes) = modelled("enum Flow { A = a >> B, B, A = b >> C }");
    assert_eq!(messages(&mistakes), ["state `A` is declared twice [W0112]"]);
    assert_eq!(workflow.states.len(), 2);
}
