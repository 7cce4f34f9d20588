//! The table as a constant, and as a Mermaid diagram.

use cano::{StateKind, TransitionKind, prelude::*};

#[task]
async fn parse(text: &str) -> Result<Option<u32>, std::num::ParseIntError> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

#[task]
async fn check_stock(_n: u32) -> CanoResult<bool> {
    Ok(true)
}

#[task]
async fn check_customer() -> CanoResult<()> {
    Ok(())
}

workflow! {
    /// Takes an order in.
    ///
    /// Twice a day.
    enum Order {
        /// As it came.
        #[start]
        #[catch(error if error.is_permanent() => Refused)]
        #[catch(std::num::ParseIntError { .. } => Refused)]
        Parse { text: String } = match parse(text) {
            Some(1..=9) => Packed,
            Some(n) if n > 100 => Refused,
            Some(n) => Check { n },
            None => Refused,
        },
        Check { n: u32 } = match (check_stock(n), check_customer()) {
            (true, ()) => Wrap { n, note: "a; b: #1".to_string() },
            (false, _) => Refused,
        },
        #[allow(dead_code, reason = "its names are what is looked at")]
        Wrap { n: u32, note: String } = check_customer() >> Packed,
        /// On its way.
        #[exit] Packed,
        #[exit] Refused,
    }
}

#[test]
fn the_table_lists_its_states_in_the_order_of_the_rows() {
    let table = Order::TABLE;
    assert_eq!(table.name(), "Order");
    assert_eq!(table.docs(), "Takes an order in.\n\nTwice a day.");
    let names: Vec<_> = table.states().iter().map(|state| state.name()).collect();
    assert_eq!(names, ["Parse", "Check", "Wrap", "Packed", "Refused"]);
    let kinds: Vec<_> = table.states().iter().map(|state| state.kind()).collect();
    let (start, inner, exit) = (StateKind::Start, StateKind::Inner, StateKind::Exit);
    assert_eq!(kinds, [start, inner, inner, exit, exit]);
    assert_eq!(table.start().map(|state| state.name()), Some("Parse"));
    assert!(table.exits().map(|state| state.name()).eq(["Packed", "Refused"]));
    assert!(table.state("Nowhere").is_none());
    assert_eq!(Order::workflow().table(), table);
}

#[test]
fn a_state_in_the_table_has_its_docs_fields_tasks_and_transitions() {
    let state = |name| Order::TABLE.state(name).expect("it is there");
    assert_eq!(state("Parse").docs(), "As it came.");
    assert_eq!(state("Check").docs(), "");
    assert_eq!(state("Wrap").fields(), ["n", "note"]);
    assert_eq!(state("Check").tasks(), ["check_stock", "check_customer"]);
    assert_eq!(state("Packed").tasks(), [""; 0]);
    assert!(state("Refused").transitions().is_empty());
    let transitions: Vec<_> =
        state("Parse").transitions().iter().map(|t| (t.on(), t.to(), t.kind())).collect();
    let (outcome, catch) = (TransitionKind::Outcome, TransitionKind::Catch);
    assert_eq!(
        transitions,
        [
            ("Some(1..=9)", "Packed", outcome),
            ("Some(n) if n > 100", "Refused", outcome),
            ("Some(n)", "Check", outcome),
            ("None", "Refused", outcome),
            ("error if error.is_permanent()", "Refused", catch),
            ("std::num::ParseIntError { .. }", "Refused", catch),
        ]
    );
    let wrap: Vec<_> = state("Wrap").transitions().iter().map(|t| (t.on(), t.to())).collect();
    assert_eq!(wrap, [("", "Packed")]);
}

#[test]
fn the_table_is_a_constant() {
    const STATES: usize = Order::TABLE.states().len();
    assert_eq!(STATES, 5);
}

#[test]
fn the_diagram_is_the_table() {
    assert_eq!(
        Order::TABLE.to_mermaid(),
        "\
---
title: Order
---
flowchart TD
    accDescr: Takes an order in. Twice a day.
    Parse([\"Parse\"]):::start
    Check[\"Check\"]
    Wrap[\"Wrap\"]
    Packed[[\"Packed\"]]:::exit
    Refused[[\"Refused\"]]:::exit
    Parse -->|\"Some(1..=9)\"| Packed
    Parse -->|\"Some(n) if n #gt; 100\"| Refused
    Parse -->|\"Some(n)\"| Check
    Parse -->|\"None\"| Refused
    Parse -.->|\"error if error.is_permanent()\"| Refused
    Parse -.->|\"std::num::ParseIntError { .. }\"| Refused
    Check -->|\"(true, ())\"| Wrap
    Check -->|\"(false, _)\"| Refused
    Wrap --> Packed
    classDef start stroke-width:3px
    classDef exit stroke-width:3px
"
    );
}

#[tokio::test]
async fn a_table_that_is_read_is_also_one_that_runs() {
    for (text, packed) in [("5", true), ("50", true), ("500", false), ("x", false), ("", false)] {
        let end = Order::run(text.into(), &MemoryStore::new()).await.unwrap();
        assert_eq!(matches!(end, OrderExit::Packed), packed, "{text}");
    }
}
