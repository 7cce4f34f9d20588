//! The table as a graph for Graphviz.

use cano::{StateKind, Table, TableState, Transition, TransitionKind, prelude::*};

#[task]
async fn open(_name: &str) -> Result<Option<u32>, std::io::Error> {
    Ok(None)
}

workflow! {
    /// Opens a door.
    ///
    /// At night.
    enum Door {
        /// The "front" door.
        #[start]
        #[catch(std::io::Error { .. } => Shut)]
        Open { name: String } = match open(name) {
            Some(n) if n < 3 => Open { name },
            Some(_) | None => Shut,
        },
        #[exit] Shut,
    }
}

#[test]
fn the_graph_is_the_table() {
    assert_eq!(
        Door::TABLE.to_dot(),
        "\
digraph \"Door\" {
    graph [label=\"Door\" labelloc=t tooltip=\"Opens a door.\\n\\nAt night.\"]
    graph [nodesep=0.5 ranksep=0.6]
    edge [fontsize=11]
    \"Open\" [id=\"state-Open\" class=\"state start\" shape=oval penwidth=2 tooltip=\"The \\\"front\\\" door.\"]
    \"Shut\" [id=\"state-Shut\" class=\"state exit\" shape=box peripheries=2]
    \"Open\" -> \"Open\" [class=\"transition outcome\" label=\"Some(n) if n < 3\"]
    \"Open\" -> \"Shut\" [class=\"transition outcome\" label=\"Some(_) | None\"]
    \"Open\" -> \"Shut\" [class=\"transition catch\" style=dashed label=\"std::io::Error { .. }\"]
}
"
    );
}

const STRANGE: Table = Table::new(
    "Étage",
    "",
    &[
        TableState::new(
            "Début",
            "C:\\N & \"x\"\ttab",
            StateKind::Start,
            &[],
            &[],
            &[Transition::new(r#""\n" | '&' | "日本""#, "Fin", TransitionKind::Outcome)],
        ),
        TableState::new("Fin", "", StateKind::Exit, &[], &[], &[]),
    ],
);

#[test]
fn what_graphviz_would_read_as_its_own_is_escaped() {
    assert_eq!(
        STRANGE.to_dot(),
        r#"digraph "Étage" {
    graph [label="Étage" labelloc=t]
    graph [nodesep=0.5 ranksep=0.6]
    edge [fontsize=11]
    "Début" [id="state-Début" class="state start" shape=oval penwidth=2 tooltip="C:\\N &amp; \"x\" tab"]
    "Fin" [id="state-Fin" class="state exit" shape=box peripheries=2]
    "Début" -> "Fin" [class="transition outcome" label="\"\\n\" | '&amp;' | \"日本\""]
}
"#
    );
}
