//! A table as a graph in Graphviz's language.

use std::fmt::{self, Write};

use super::{
    super::{StateKind, Table, TableState, Transition, TransitionKind},
    state_class, transition_class,
};

pub(super) fn render(table: &Table) -> String {
    let mut text = String::new();
    write(table, &mut text).expect("a string can be written to");
    text
}

fn write(table: &Table, text: &mut String) -> fmt::Result {
    let name = quoted(table.name);
    writeln!(text, "digraph {name} {{")?;
    writeln!(
        text,
        "    graph [{}]",
        Attributes::new("label", table.name).plain("labelloc", "t").docs(table.docs)
    )?;
    // Room for the patterns.
    writeln!(text, "    graph [nodesep=0.5 ranksep=0.6]\n    edge [fontsize=11]")?;
    for state in table.states {
        writeln!(text, "    {} [{}]", quoted(state.name), node(state))?;
    }
    for state in table.states {
        for transition in state.transitions {
            writeln!(
                text,
                "    {} -> {} [{}]",
                quoted(state.name),
                quoted(transition.to),
                arrow(transition)
            )?;
        }
    }
    writeln!(text, "}}")
}

/// Round where a run begins, doubled where it ends.
fn node(state: &TableState) -> Attributes {
    let attributes =
        Attributes::new("id", &format!("state-{}", state.name)).text("class", state_class(state.kind));
    let attributes = match state.kind {
        StateKind::Start => attributes.plain("shape", "oval").plain("penwidth", "2"),
        StateKind::Inner => attributes.plain("shape", "box"),
        StateKind::Exit => attributes.plain("shape", "box").plain("peripheries", "2"),
    };
    attributes.docs(state.docs)
}

/// Dashed where an error takes it.
fn arrow(transition: &Transition) -> Attributes {
    let attributes = Attributes::new("class", transition_class(transition.kind));
    let attributes = match transition.kind {
        TransitionKind::Outcome => attributes,
        TransitionKind::Catch => attributes.plain("style", "dashed"),
    };
    if transition.on.is_empty() { attributes } else { attributes.text("label", transition.on) }
}

/// What stands in brackets.
struct Attributes(String);

impl Attributes {
    fn new(key: &str, text: &str) -> Self {
        Self(format!("{key}={}", quoted(text)))
    }

    fn text(self, key: &str, text: &str) -> Self {
        self.plain(key, &quoted(text))
    }

    fn plain(self, key: &str, word: &str) -> Self {
        Self(format!("{} {key}={word}", self.0))
    }

    fn docs(self, docs: &str) -> Self {
        if docs.is_empty() { self } else { self.text("tooltip", docs) }
    }
}

impl fmt::Display for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// In quotes Graphviz still reads `\N` and its like, and the entities of HTML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '&' => quoted.push_str("&amp;"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
