//! A table as a Mermaid flowchart, which has dashed arrows, as Mermaid's state diagrams have not.

use std::fmt::{self, Write};

use super::super::{StateKind, Table, TableState, Transition, TransitionKind};

pub(super) fn render(table: &Table) -> String {
    let mut text = String::new();
    write(table, &mut text).expect("a string can be written to");
    text
}

fn write(table: &Table, text: &mut String) -> fmt::Result {
    writeln!(text, "---\ntitle: {}\n---\nflowchart TD", table.name)?;
    // All that Mermaid has for docs: a state's tooltip would need a link.
    if !table.docs.is_empty() {
        writeln!(text, "    accDescr: {}", one_line(table.docs))?;
    }
    for state in table.states {
        writeln!(text, "    {}", node(state))?;
    }
    for state in table.states {
        for transition in state.transitions {
            writeln!(text, "    {} {} {}", id(state.name), arrow(transition), id(transition.to))?;
        }
    }
    // A stroke alone, so that the colours are those of the page, light or dark.
    writeln!(text, "    classDef start stroke-width:3px")?;
    writeln!(text, "    classDef exit stroke-width:3px")
}

/// Round where a run begins, doubled where it ends.
fn node(state: &TableState) -> String {
    let (id, name) = (id(state.name), escape(state.name));
    match state.kind {
        StateKind::Start => format!("{id}([\"{name}\"]):::start"),
        StateKind::Inner => format!("{id}[\"{name}\"]"),
        StateKind::Exit => format!("{id}[[\"{name}\"]]:::exit"),
    }
}

/// Dashed where an error takes it.
fn arrow(transition: &Transition) -> String {
    let line = match transition.kind {
        TransitionKind::Outcome => "-->",
        TransitionKind::Catch => "-.->",
    };
    match transition.on {
        "" => line.to_owned(),
        on => format!("{line}|\"{}\"|", escape(on)),
    }
}

/// Mermaid's own words begin with small letters.
fn id(state: &str) -> String {
    if state.starts_with(char::is_uppercase) { state.to_owned() } else { format!("state_{state}") }
}

/// A description ends with its line; there Mermaid has no escapes, and needs none.
fn one_line(docs: &str) -> String {
    docs.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// In quotes a label may hold anything, as Mermaid's entities.
fn escape(label: &str) -> String {
    label.chars().fold(String::new(), |mut text, c| {
        match c {
            '#' => text.push_str("#35;"),
            '"' => text.push_str("#quot;"),
            '<' => text.push_str("#lt;"),
            '>' => text.push_str("#gt;"),
            '&' => text.push_str("#amp;"),
            '`' => text.push_str("#96;"),
            c if c.is_control() => text.push(' '),
            c => text.push(c),
        }
        text
    })
}
