//! Each rule: a table that keeps it, and the same with the one mistake.

use super::{messages, modelled};
use crate::check::check;

/// What is wrong with a table that can be read.
fn mistakes(table: &str) -> Vec<String> {
    let (workflow, mut mistakes) = modelled(table);
    assert!(mistakes.is_empty(), "{table}: {:?}", messages(&mistakes));
    check(&workflow, &mut mistakes);
    messages(&mistakes)
}

fn of_rows(rows: &str) -> Vec<String> {
    mistakes(&format!("enum Flow {{ {rows} }}"))
}

const NONE: [&str; 0] = [];

#[test]
fn a_workflow_has_states() {
    assert_eq!(of_rows("#[start] A = a >> B, #[exit] B"), NONE);
    assert_eq!(of_rows(""), ["workflow `Flow` has no states [W0100]"]);
}

#[test]
fn a_workflow_has_one_start() {
    assert_eq!(of_rows("A = a >> B, #[exit] B"), ["workflow `Flow` has no start state [W0101]"]);
    assert_eq!(
        of_rows("#[start] A = a >> B, #[start] B = b >> C, #[exit] C"),
        ["a second start state: runs begin in `A` [W0102]"]
    );
}

#[test]
fn a_workflow_has_an_exit() {
    assert_eq!(of_rows("#[start] A = a >> A"), ["workflow `Flow` has no exit state [W0103]"]);
}

#[test]
fn an_exit_has_no_task_and_every_other_state_has_one() {
    assert_eq!(of_rows("#[start] A = a >> B, #[exit] B = b >> A"), ["exit state `B` has a task [W0104]"]);
    assert_eq!(
        of_rows("#[start] A = a >> B, #[retry(none)] #[exit] B"),
        ["exit state `B` has no task for `#[retry]` [W0110]"]
    );
    assert_eq!(of_rows("#[start] A = a >> B, B, #[exit] C"), ["state `B` has no task [W0105]"]);
    assert_eq!(
        of_rows("#[start] A = match a {}, #[exit] B"),
        ["state `A` does not say what follows [W0105]"]
    );
}

#[test]
fn a_route_leads_to_a_state_of_the_table() {
    for row in [
        "A = a >> Bb",
        "A = a >> [B, Bb]",
        "A = match a { On => B, Off => Bb }",
        "#[catch(_ => Bb)] A = a >> B",
    ] {
        let rows = format!("#[start] {row}, #[exit] B");
        assert_eq!(of_rows(&rows), ["workflow `Flow` has no state `Bb` [W0106]"], "{row}");
        assert_eq!(of_rows(&rows.replace("Bb", "B")), NONE, "{row}");
    }
}

#[test]
fn every_state_is_reached() {
    assert_eq!(of_rows("#[start] A = a >> C, B = b >> C, #[exit] C"), ["no run reaches state `B` [W0107]"]);
    // Two that only reach each other are told once.
    assert_eq!(
        of_rows("#[start] A = a >> D, B = b >> C, C = c >> B, #[exit] D"),
        ["no run reaches state `B` [W0107]"]
    );
    assert_eq!(of_rows("#[start] #[catch(_ => B)] A = a >> C, B = b >> C, #[exit] C"), NONE);
}

#[test]
fn from_every_state_an_exit_is_reached() {
    assert_eq!(
        of_rows("#[start] A = match a { On => B, Off => D }, B = b >> C, C = c >> B, #[exit] D"),
        ["no exit can be reached from state `B` [W0108]"]
    );
    assert_eq!(
        of_rows(
            "#[start] A = match a { On => B, Off => D }, B = b >> C, #[catch(_ => D)] C = c >> B, #[exit] D"
        ),
        NONE
    );
}

#[test]
fn a_catch_behind_one_for_all_errors_is_refused() {
    let rows = |catches: &str| format!("#[start] {catches} A = a >> B, #[exit] B");
    assert_eq!(of_rows(&rows("#[catch(Busy => B)] #[catch(error => B)]")), NONE);
    assert_eq!(of_rows(&rows("#[catch(error if e => B)] #[catch(Busy => B)]")), NONE);
    assert_eq!(
        of_rows(&rows("#[catch(error => B)] #[catch(Busy => B)]")),
        ["this `#[catch]` never applies [W0110]"]
    );
}

#[test]
fn a_row_lends_fields_of_its_state() {
    let rows = |args: &str| format!("#[start] A {{ n: u32 }} = a({args}) >> B, #[exit] B");
    assert_eq!(of_rows(&rows("n, n")), NONE);
    assert_eq!(of_rows(&rows("m")), ["state `A` has no field `m` [W0113]"]);
    assert_eq!(of_rows(&rows("store")), ["state `A` has no field `store` [W0113]"]);
}

#[test]
fn nothing_leaves_a_table() {
    for (row, what) in [
        ("A = a >> B { n: n? }", "?"),
        ("A = match a { n => B { n: return } }", "return"),
        ("A = a >> B { n: n.await }", ".await"),
        ("A = a >> B { n: { break } }", "break"),
        ("A = a >> B { n: f!(n?) }", "?"),
        ("#[catch(e if e? => B { n })] A = a >> B { n }", "?"),
    ] {
        let rows = format!("#[start] {row}, #[exit] B {{ n: u32 }}");
        assert_eq!(of_rows(&rows), [format!("`{what}` in a table [W0114]")], "{row}");
    }
    for inner in ["|| n?", "async { n.await }", "loop { break }"] {
        let rows = format!("#[start] A = a >> B {{ n: {inner} }}, #[exit] B {{ n: u32 }}");
        assert_eq!(of_rows(&rows), NONE, "what leaves `{inner}` stays in the table");
    }
}

#[test]
fn a_state_borrows_nothing() {
    const BORROWS: &str = "the states of a workflow borrow nothing [W0115]";
    let rows = "{ #[start] A { n: &str } = a >> B, #[exit] B }";
    assert_eq!(mistakes(&format!("enum Flow {rows}")), [BORROWS]);
    assert_eq!(mistakes(&format!("enum Flow<'a> {}", rows.replace('&', "&'a "))), [BORROWS]);
    assert_eq!(mistakes(&format!("enum Flow {}", rows.replace('&', "&'static "))), NONE);
}

#[test]
fn a_workflow_is_no_task_of_itself() {
    assert_eq!(of_rows("#[start] A = Other >> B, #[exit] B"), NONE);
    assert_eq!(of_rows("#[start] A = Flow >> B, #[exit] B"), ["workflow `Flow` is a task of itself [W0116]"]);
}

#[test]
fn two_tasks_of_one_name_have_not_one_field() {
    assert_eq!(of_rows("#[start] A = shop::Book >> B, B = shop::Book >> C, #[exit] C"), NONE);
    assert_eq!(
        of_rows("#[start] A = shop::Book >> B, B = bank::Book >> C, #[exit] C"),
        ["`shop::Book` and `bank::Book` would both be the field `book` of `FlowTasks` [W0117]"]
    );
}

#[test]
fn each_mistake_is_told_in_the_order_of_the_rows() {
    assert_eq!(
        of_rows(
            "#[start] A { n: u32 } = a(m) >> Bb,
            B,
            C = match c { On => Cc, Off => Dd },
            #[exit] D = d >> A"
        ),
        [
            "state `A` has no field `m` [W0113]",
            "workflow `Flow` has no state `Bb` [W0106]",
            "state `B` has no task [W0105]",
            "workflow `Flow` has no state `Cc` [W0106]",
            "workflow `Flow` has no state `Dd` [W0106]",
            "exit state `D` has a task [W0104]",
        ]
    );
}

#[test]
fn what_follows_from_a_mistake_is_not_told() {
    // `C` is reached by nothing, and from `B` there is no way to an exit, both because of the wrong name.
    assert_eq!(
        of_rows("#[start] A = a >> B, B = b >> Cc, C = c >> D, #[exit] D"),
        ["workflow `Flow` has no state `Cc` [W0106]"]
    );
    // `B` could not be read: it may be the start, the exit, and the way to `C`.
    let (workflow, mut found) = modelled("enum Flow { A = a >> B, B : b, C = c >> C }");
    check(&workflow, &mut found);
    assert_eq!(messages(&found), ["the task of a state stands behind `=`"]);
}

#[test]
fn a_schedule_fires() {
    let scheduled = |schedule: &str| {
        mistakes(&format!("#[schedule({schedule})] enum Flow {{ #[start] A = a >> B, #[exit] B }}"))
    };
    assert_eq!(scheduled("\"0 9 * * *\""), NONE);
    assert_eq!(scheduled("\"0 9 * * *\", zone = \"America/Argentina/Buenos_Aires\","), NONE);
    assert_eq!(
        scheduled("\"0 9 31 2 *\", zone = \"Berlin, Germany\""),
        [
            "cron expression `0 9 31 2 *` never fires: day of month `31` leaves no date that exists [W0119]",
            "`Berlin, Germany` is not the name of a time zone [W0119]",
        ]
    );
}
