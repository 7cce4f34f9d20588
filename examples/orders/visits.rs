//! Where the runs are, and where they have been: an observer of the table.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};

use cano::{Event, EventKind, Observer, RunEnding, StateKind, Table};

/// The counts of each state, in the order of the table.
#[derive(Debug)]
pub struct Visits {
    states: Vec<State>,
}

/// The counts of one state.
#[derive(Debug)]
pub struct State {
    pub name: &'static str,
    pub is_exit: bool,
    visits: AtomicU64,
    here: AtomicI64,
    lines: AtomicU64,
}

impl Visits {
    pub fn of(table: &'static Table) -> Self {
        let states = table.states().iter().map(|state| State {
            name: state.name(),
            is_exit: state.kind() == StateKind::Exit,
            visits: AtomicU64::new(0),
            here: AtomicI64::new(0),
            lines: AtomicU64::new(0),
        });
        Self { states: states.collect() }
    }

    /// The states, in the order of the table.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// How many lines of invoices were read.
    pub fn lines(&self) -> u64 {
        self.states.iter().map(State::lines).sum()
    }

    /// The states that are no exits with their visits, the busiest first; none that was never entered.
    pub fn busiest(&self) -> Vec<(&'static str, u64)> {
        let entered = self.states.iter().filter(|state| !state.is_exit && state.visits() > 0);
        let mut busiest: Vec<_> = entered.map(|state| (state.name, state.visits())).collect();
        busiest.sort_by(|(a, a_visits), (b, b_visits)| b_visits.cmp(a_visits).then_with(|| a.cmp(b)));
        busiest
    }

    fn state(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|state| state.name == name)
    }
}

impl Observer for Visits {
    fn on_event(&self, event: &Event<'_>) {
        match event.kind {
            EventKind::StateEntered { state, .. } => {
                if let Some(state) = self.state(state) {
                    state.visits.fetch_add(1, Relaxed);
                    state.here.fetch_add(1, Relaxed);
                }
            }
            EventKind::Transition { from: state, .. } => self.leave(state),
            // A run that ends at an exit is still to be seen there.
            EventKind::RunEnded { end: RunEnding::Exit(_), .. } => {}
            EventKind::RunEnded { state, .. } => self.leave(state),
            EventKind::Progress { attempt, done, total } if done == total => {
                if let Some(state) = self.state(attempt.state) {
                    state.lines.fetch_add(total, Relaxed);
                }
            }
            _ => {}
        }
    }
}

impl Visits {
    fn leave(&self, state: &str) {
        if let Some(state) = self.state(state) {
            state.here.fetch_sub(1, Relaxed);
        }
    }
}

impl State {
    /// How often it was entered.
    pub fn visits(&self) -> u64 {
        self.visits.load(Relaxed)
    }

    /// How many lines of invoices its task has read.
    pub fn lines(&self) -> u64 {
        self.lines.load(Relaxed)
    }

    /// How many runs are in it now, or have ended in it.
    pub fn here(&self) -> u64 {
        self.here.load(Relaxed).try_into().unwrap_or_default()
    }
}
