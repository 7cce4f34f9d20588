use std::{
    collections::HashSet,
    fmt::{self, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::define::{
    event::{Event, EventKind, Observer},
    table::{Table, TransitionKind},
};

/// An observer that notes which transitions of a table were taken. Clones share their notes.
///
/// Give it to the workflows of a test or of a whole suite, and assert at the end that no transition was missed. Several
/// outcomes that lead from one state to the same other state count as one, because an event says where a run went, not
/// by which of them.
///
/// ```
/// use cano::{prelude::*, testing::Coverage};
///
/// #[task]
/// async fn double(n: u32) -> CanoResult<bool> { Ok(n * 2 > 10) }
///
/// workflow! {
///     enum Doubling {
///         #[start] Double { n: u32 } = match double(n) { true => Large, false => Small },
///         #[exit] Large,
///         #[exit] Small,
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> CanoResult<()> {
/// let coverage = Coverage::of(Doubling::TABLE);
/// let workflow = Doubling::workflow().with_observer(coverage.clone());
/// workflow.orchestrate_from(Doubling::Double { n: 7 }, &MemoryStore::new()).await?;
/// assert_eq!(coverage.missed().iter().map(ToString::to_string).collect::<Vec<_>>(), ["Double -> Small on false"]);
///
/// workflow.orchestrate_from(Doubling::Double { n: 1 }, &MemoryStore::new()).await?;
/// coverage.assert_complete();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Coverage {
    table: &'static Table,
    taken: Arc<Mutex<HashSet<Way>>>,
}

/// From which state to which, and whether an error leads there.
type Way = (&'static str, &'static str, bool);

/// A transition that no run took.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missed {
    /// The state that it leaves.
    pub from: &'static str,
    /// The state that it enters.
    pub to: &'static str,
    /// The patterns of the outcomes, or of the errors, that lead there; empty for a row with `>> Next`.
    pub on: Vec<&'static str>,
    /// Whether an outcome or an error takes it.
    pub kind: TransitionKind,
}

impl Coverage {
    /// The coverage of this table; so far, no transition was taken.
    #[must_use]
    pub fn of(table: &'static Table) -> Self {
        Self { table, taken: Arc::default() }
    }

    /// The transitions that no run took, in the order of the table.
    #[must_use]
    pub fn missed(&self) -> Vec<Missed> {
        let taken = self.taken();
        let mut missed: Vec<Missed> = Vec::new();
        for state in self.table.states() {
            for way in state.transitions() {
                if taken.contains(&(state.name(), way.to(), way.kind() == TransitionKind::Catch)) {
                    continue;
                }
                let is_same = |one: &&mut Missed| {
                    one.from == state.name() && one.to == way.to() && one.kind == way.kind()
                };
                let known = missed.iter_mut().find(is_same);
                let on = Some(way.on()).filter(|on| !on.is_empty());
                match known {
                    Some(known) => known.on.extend(on),
                    None => missed.push(Missed {
                        from: state.name(),
                        to: way.to(),
                        on: on.into_iter().collect(),
                        kind: way.kind(),
                    }),
                }
            }
        }
        missed
    }

    /// Asserts that every transition was taken.
    ///
    /// # Panics
    ///
    /// If one was not; the message lists them.
    #[track_caller]
    pub fn assert_complete(&self) {
        let missed = self.missed();
        let list: String = missed.iter().map(|one| format!("\n  {one}")).collect();
        assert!(missed.is_empty(), "no run of `{}` took{list}", self.table.name());
    }

    /// The table as a Mermaid flowchart, in which transitions that were taken are green, and those that were missed
    /// red.
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        let mut text = self.table.to_mermaid();
        let taken = self.taken();
        let ways = self.table.states().iter().flat_map(|state| {
            state
                .transitions()
                .iter()
                .map(|way| (state.name(), way.to(), way.kind() == TransitionKind::Catch))
        });
        for (number, way) in ways.enumerate() {
            let colour = if taken.contains(&way) { "#1a7f37" } else { "#cf222e" };
            // A string can be written to.
            let _ = writeln!(text, "    linkStyle {number} stroke:{colour},stroke-width:2px,color:{colour}");
        }
        text
    }

    fn taken(&self) -> MutexGuard<'_, HashSet<Way>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Coverage {
    fn on_event(&self, event: &Event<'_>) {
        if event.workflow != self.table.name() {
            return;
        }
        let (from, to, is_caught) = match event.kind {
            EventKind::Transition { from, to, is_caught, .. } => (from, to, is_caught),
            _ => return,
        };
        let (Some(from), Some(to)) = (self.table.state(from), self.table.state(to)) else { return };
        self.taken().insert((from.name(), to.name(), is_caught));
    }
}

impl fmt::Display for Missed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to, on, kind } = self;
        write!(f, "{from} -> {to}")?;
        match (kind, on.is_empty()) {
            (_, true) => Ok(()),
            (TransitionKind::Outcome, false) => write!(f, " on {}", on.join(" | ")),
            (TransitionKind::Catch, false) => write!(f, " on the error {}", on.join(" | ")),
        }
    }
}
