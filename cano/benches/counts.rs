//! Instructions, counted by `scripts/counts`, which runs this under callgrind: `counts CASE TIMES`.
//!
//! A case of `TIMES` and one of none differ by what the times cost alone. Without arguments it lists the cases.

#[macro_use]
mod machines;

use std::{
    hint::black_box,
    pin::pin,
    task::{Context, Poll, Waker},
};

use cano::{BoxFuture, prelude::*};

use machines::{
    built, by_hand, five,
    five::runtime,
    tables::{self, One, hundred::Line},
};

/// Runs what never waits: `Pending` is only the fair yield.
fn finish<T>(run: impl Future<Output = CanoResult<T>>) {
    let mut run = pin!(run);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        match run.as_mut().poll(&mut context) {
            Poll::Ready(Ok(end)) => {
                black_box(end);
                return;
            }
            Poll::Ready(Err(error)) => panic!("{error:#}"),
            Poll::Pending => {}
        }
    }
}

/// As a task of a runtime holds it: the optimiser sees no further than its poll.
fn boxed<'a, T>(run: impl Future<Output = CanoResult<T>> + Send + 'a) -> BoxFuture<'a, CanoResult<T>> {
    black_box(Box::pin(run))
}

/// One run after the other.
fn repeated<T, R>(times: u64, run: impl Fn(u64) -> R)
where
    R: Future<Output = CanoResult<T>>,
{
    for n in 0..times {
        finish(run(black_box(n)));
    }
}

/// What is done `times` times.
type Case = fn(times: u64);

const CASES: &[(&str, Case)] = &[
    ("cycle/hand", |turns| finish(boxed(by_hand::cycle(turns)))),
    ("cycle/noted", |turns| {
        let noted = by_hand::Noted::default();
        finish(boxed(by_hand::noted_cycle(turns, black_box(&noted))));
    }),
    ("cycle/table", |turns| finish(boxed(tables::Cycle::run(turns, &MemoryStore::new())))),
    ("cycle/retry", |turns| finish(tables::Repeated::run(turns, &MemoryStore::new()))),
    ("cycle/timeout", |turns| finish(tables::Timed::run(turns, &MemoryStore::new()))),
    ("cycle/node-by-hand", |turns| finish(boxed(by_hand::cycle_of_nodes(turns)))),
    ("cycle/node", |turns| finish(tables::OfNodes::run(turns, &MemoryStore::new()))),
    ("cycle/builder", |turns| finish(built::cycle().orchestrate(&turns.into()))),
    ("cycle/builder-text", |turns| finish(built::named().orchestrate(&turns.into()))),
    ("line/hand", |lines| repeated(lines, by_hand::line_of_100::run)),
    ("line/table", |lines| {
        let (workflow, store) = (Line::workflow(), MemoryStore::new());
        repeated(lines, |n| workflow.orchestrate_from(Line::S0 { n }, &store));
    }),
    ("line/builder", |lines| {
        let (workflow, store) = (built::line(100), 0.into());
        repeated(lines, |_| workflow.orchestrate(&store));
    }),
    ("run/hand", |runs| repeated(runs, by_hand::one)),
    ("run/table", |runs| {
        let (workflow, store) = (One::workflow(), MemoryStore::new());
        repeated(runs, |n| workflow.orchestrate_from(One::Only { n }, &store));
    }),
    ("run/builder", |runs| {
        let (workflow, store) = (built::line(1), 0.into());
        repeated(runs, |_| workflow.orchestrate(&store));
    }),
    ("many/hand", |runs| drop(runtime().block_on(five::join_set(runs)))),
    ("many/table", |runs| drop(runtime().block_on(five::table(runs)))),
];

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    match (arguments.next(), arguments.next()) {
        (Some(name), Some(times)) => {
            let (_, case) = CASES.iter().find(|(known, _)| *known == name).expect("a case of the list");
            case(times.parse().expect("a number"));
        }
        _ => CASES.iter().for_each(|(name, _)| println!("{name}")),
    }
}
