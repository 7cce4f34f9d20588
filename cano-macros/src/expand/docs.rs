//! The table in the documentation of its enum: as a table, and as a tree from the start state.

use std::{collections::HashSet, fmt::Write};

use proc_macro2::Ident;

use crate::model::{Row, State, Workflow, text, unraw};

/// A way on: what takes it, and where it leads.
struct Way<'a> {
    on: String,
    to: &'a Ident,
    is_catch: bool,
}

/// What is added to the user's own documentation.
pub(super) fn docs(workflow: &Workflow) -> String {
    let mut docs =
        String::from("\n# Table\n\n| state | task | outcome | next |\n| --- | --- | --- | --- |\n");
    for state in &workflow.states {
        rows(state, &mut docs);
    }
    let start = workflow.states.iter().find(|state| state.start.is_some());
    if let Some(start) = start.filter(|_| workflow.states.len() <= MOST_DRAWN) {
        let _ = writeln!(docs, "\n# Diagram\n\n```text\n{}", title(start));
        Tree { workflow, told: HashSet::new(), lines: &mut docs }.branches(start, "");
        docs += "```\n";
    }
    docs
}

/// A tree of more states is wider than a page, and grows by its square.
const MOST_DRAWN: usize = 40;

fn rows(state: &State, docs: &mut String) {
    let tasks = state.row.iter().flat_map(Row::written).map(|task| code(&task));
    let undo = state.undo.iter().map(|(_, call)| format!("undo {}", code(&call.written())));
    let tasks: Vec<_> = tasks.chain(undo).collect();
    let (mut name, mut tasks) = (title(state), tasks.join(", "));
    let ways = ways(state);
    if ways.is_empty() {
        let _ = writeln!(docs, "| {name} | | | |");
    }
    for way in ways {
        let on = match (way.is_catch, way.on.is_empty()) {
            (true, _) => format!("catch {}", code(&way.on)),
            (false, true) => String::new(),
            (false, false) => code(&way.on),
        };
        let _ = writeln!(docs, "| {name} | {tasks} | {on} | {} |", unraw(way.to));
        // Said once for each state.
        (name, tasks) = (String::new(), String::new());
    }
}

fn ways(state: &State) -> Vec<Way<'_>> {
    let outcomes = state.row.iter().flat_map(|row| row.routes());
    let outcomes = outcomes.map(|(to, on)| Way { on, to, is_catch: false });
    let catches = state.catches.iter().map(|catch| Way {
        on: text(catch.pattern.pat()),
        to: &catch.target.state,
        is_catch: true,
    });
    outcomes.chain(catches).collect()
}

fn title(state: &State) -> String {
    let name = unraw(&state.name);
    match (&state.start, &state.exit) {
        (Some(_), _) => format!("{name} (start)"),
        (_, Some(_)) => format!("{name} (exit)"),
        _ => name,
    }
}

/// A cell of a table ends at a `|`, in code too.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|").replace('`', "'"))
}

/// The ways from a state, those from the next below them; what was told is not told again.
struct Tree<'a> {
    workflow: &'a Workflow,
    told: HashSet<&'a Ident>,
    lines: &'a mut String,
}

impl<'a> Tree<'a> {
    fn branches(&mut self, state: &'a State, indent: &str) {
        self.told.insert(&state.name);
        let ways = ways(state);
        let last = ways.len().saturating_sub(1);
        for (i, way) in ways.into_iter().enumerate() {
            let (branch, below) = if i == last { ("└", "   ") } else { ("├", "│  ") };
            let line = if way.is_catch { "╌" } else { "─" };
            let on = if way.on.is_empty() { String::new() } else { format!(" {} ", way.on) };
            let next = self.workflow.state(way.to);
            let title = next.map_or_else(|| unraw(way.to), title);
            let again = next.is_some_and(|next| !next.is_exit() && self.told.contains(&next.name));
            let again = if again { " ↑" } else { "" };
            let _ = writeln!(self.lines, "{indent}{branch}{line}{on}{line}▶ {title}{again}");
            if let Some(next) = next.filter(|next| !next.is_exit() && !self.told.contains(&next.name)) {
                self.branches(next, &format!("{indent}{below}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::docs;
    use crate::{mistake::Mistakes, model::Workflow, parse::WrittenTable};

    #[test]
    fn the_documentation_shows_the_table_and_the_ways_through_it() {
        let table = "enum Order {
            #[start] Parse { raw: String } = match parse(raw) { Some(0 | 1) => Rejected, Some(n) => Check { n }, None => Parse { raw } },
            #[catch(error => Rejected)] Check { n: u32 } = (a, b(n)) >> Booked,
            #[exit] Booked,
            #[exit] Rejected,
        }";
        let mut mistakes = Mistakes::default();
        let written = WrittenTable::parse(table.parse().unwrap(), &mut mistakes).unwrap();
        let workflow = Workflow::new(written, &mut mistakes);

        assert_eq!(
            docs(&workflow),
            r"
# Table

| state | task | outcome | next |
| --- | --- | --- | --- |
| Parse (start) | `parse(raw)` | `Some(0 \| 1)` | Rejected |
|  |  | `Some(n)` | Check |
|  |  | `None` | Parse |
| Check | `a`, `b(n)` |  | Booked |
|  |  | catch `error` | Rejected |
| Booked (exit) | | | |
| Rejected (exit) | | | |

# Diagram

```text
Parse (start)
├─ Some(0 | 1) ─▶ Rejected (exit)
├─ Some(n) ─▶ Check
│  ├──▶ Booked (exit)
│  └╌ error ╌▶ Rejected (exit)
└─ None ─▶ Parse (start) ↑
```
"
        );
    }
}
