//! In the builder, whose states are values: the data is in the store.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use cano::prelude::*;

use super::work::{Turn, less};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum State {
    There,
    Back,
    Done,
}

/// Takes one of the turns that are left in the store.
fn left(turns: &AtomicU64) -> Turn {
    let turn = less(std::hint::black_box(turns.load(Relaxed)));
    if let Turn::On(left) = turn {
        turns.store(left, Relaxed);
    }
    turn
}

#[task]
async fn there(store: &AtomicU64) -> CanoResult<State> {
    Ok(match left(store) {
        Turn::On(_) => State::Back,
        Turn::Enough(_) => State::Done,
    })
}

#[task]
async fn back(store: &AtomicU64) -> CanoResult<State> {
    Ok(match left(store) {
        Turn::On(_) => State::There,
        Turn::Enough(_) => State::Done,
    })
}

pub(crate) fn cycle() -> Workflow<State, AtomicU64> {
    let mut workflow = Workflow::new(State::There);
    workflow.register(State::There, there {}).register(State::Back, back {}).add_exit_state(State::Done);
    workflow
}

struct Pass(u64);

#[async_trait]
impl Task<u64, AtomicU64> for Pass {
    async fn run(&self, store: &AtomicU64) -> CanoResult<u64> {
        store.store(std::hint::black_box(store.load(Relaxed)) + 1, Relaxed);
        Ok(self.0)
    }
}

/// A line of so many states, which are numbers.
pub(crate) fn line(states: u64) -> Workflow<u64, AtomicU64> {
    let mut workflow = Workflow::new(0);
    for state in 0..states {
        workflow.register(state, Pass(state + 1));
    }
    workflow.add_exit_state(states);
    workflow
}

struct Named(&'static str);

#[async_trait]
impl Task<String, AtomicU64> for Named {
    async fn run(&self, store: &AtomicU64) -> CanoResult<String> {
        Ok(match left(store) {
            Turn::On(_) => self.0.to_owned(),
            Turn::Enough(_) => "done".to_owned(),
        })
    }
}

/// The cycle, with states that are texts.
pub(crate) fn named() -> Workflow<String, AtomicU64> {
    let mut workflow = Workflow::new("there".to_owned());
    workflow
        .register("there".to_owned(), Named("back"))
        .register("back".to_owned(), Named("there"))
        .add_exit_state("done".to_owned());
    workflow
}
