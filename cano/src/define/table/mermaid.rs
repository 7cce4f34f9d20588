//! A table as a Mermaid state diagram.

use std::fmt::{self, Write};

use super::{StateKind, Table, TransitionKind};

pub(super) fn render(table: &Table) -> String {
    let mut text = String::new();
    write(table, &mut text).expect("a string can be written to");
    text
}

fn write(table: &Table, text: &mut String) -> fmt::Result {
    writeln!(text, "---\ntitle: {}\n---\nstateDiagram-v2", table.name)?;
    if let Some(start) = table.start() {
        writeln!(text, "    [*] --> {}", start.name)?;
    }
    for state in table.states {
        for transition in state.transitions {
            write!(text, "    {} --> {}", state.name, transition.to)?;
            let label = match transition.kind {
                TransitionKind::Outcome => escape(transition.on),
                TransitionKind::Catch => format!("catch {}", escape(transition.on)),
            };
            match label.is_empty() {
                true => writeln!(text)?,
                false => writeln!(text, " : {label}")?,
            }
        }
        if state.kind == StateKind::Exit {
            writeln!(text, "    {} --> [*]", state.name)?;
        }
    }
    Ok(())
}

/// A label ends at a line's end, and `;`, `:` and `#` have a meaning of their own; Mermaid takes entities for them.
fn escape(label: &str) -> String {
    label.chars().fold(String::new(), |mut text, c| {
        match c {
            '\n' | '\r' => text.push(' '),
            '#' => text.push_str("#35;"),
            ':' => text.push_str("#58;"),
            ';' => text.push_str("#59;"),
            '<' => text.push_str("#lt;"),
            '>' => text.push_str("#gt;"),
            '"' => text.push_str("#quot;"),
            c => text.push(c),
        }
        text
    })
}
