//! The transitions, between states that are known by their index.

use super::measure::Label;
use crate::define::table::{StateKind, Table, Transition};

pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) transition: &'static Transition,
    pub(super) label: Label,
    /// Its arrow points upwards.
    pub(super) rises: bool,
}

impl Way {
    /// It comes back to its own state.
    pub(super) fn is_loop(&self) -> bool {
        self.from == self.to
    }
}

pub(super) fn ways(table: &Table) -> Vec<Way> {
    let next = next(table);
    let transitions = table
        .states
        .iter()
        .enumerate()
        .flat_map(|(from, state)| state.transitions.iter().map(move |transition| (from, transition)));
    transitions
        .filter_map(|(from, transition)| {
            let to = index(table, transition.to)?;
            let rises = rises(table, &next, from, to);
            Some(Way { from, to, transition, label: Label::new(transition.on), rises })
        })
        .collect()
}

fn next(table: &Table) -> Vec<Vec<usize>> {
    let next = table.states.iter().map(|state| state.transitions.iter().map(|transition| transition.to));
    next.map(|names| names.filter_map(|name| index(table, name)).collect()).collect()
}

fn index(table: &Table, name: &str) -> Option<usize> {
    table.states.iter().position(|state| state.name == name)
}

/// Of a circle, the ways back to an earlier row of the table rise: who wrote the table has chosen where it begins.
fn rises(table: &Table, next: &[Vec<usize>], from: usize, to: usize) -> bool {
    let place = |state: usize| (table.states[state].kind != StateKind::Start, state);
    place(to) < place(from) && leads(next, to, from)
}

/// Whether a run can get from one state to the other.
fn leads(next: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; next.len()];
    let mut ahead = vec![from];
    while let Some(state) = ahead.pop() {
        if !std::mem::replace(&mut seen[state], true) {
            ahead.extend(&next[state]);
        }
    }
    seen[to]
}
