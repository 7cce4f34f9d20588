//! How much memory a long run holds: as much as a short one, but for what it may have to undo.
//!
//! The bytes are those of this thread alone, and exact: the most that were live at once, so what a run gives back only
//! at its end is in them. `TRANSITIONS=10000000 cargo test --release -p cano-tests --test memory` makes the long runs
//! ten times as long. The clock is paused.

use std::{
    num::NonZeroU64,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

use cano::{CancellationToken, Event, Observer, RunOptions, limit::ConcurrencyLimit, prelude::*};
use tokio::{runtime::Builder, task::yield_now};

const SHORT: u32 = 1_000;

/// How many transitions a long run makes.
fn long() -> u32 {
    let wanted = std::env::var("TRANSITIONS").ok();
    wanted.map_or(1_000_000, |wanted| wanted.parse().expect("TRANSITIONS is a number"))
}

/// The same where each of them waits, fails or is several.
fn long_enough() -> u32 {
    long() / 10
}

/// The most bytes that were live at once in a run.
fn most_bytes<T>(run: impl Future<Output = CanoResult<T>>) -> u64 {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().expect("a runtime");
    let measured = allocation_counter::measure(|| {
        runtime.block_on(run).map(drop).unwrap_or_else(|error| panic!("{error:#}"));
    });
    measured.bytes_max
}

/// A run of `long` transitions never holds more than a short one; `run` is told how many are left.
fn is_flat<T, R>(long: u32, run: impl Fn(u32) -> R)
where
    R: Future<Output = CanoResult<T>>,
{
    // What a thread makes once.
    most_bytes(run(1));
    let (short, long) = (most_bytes(run(SHORT)), most_bytes(run(long)));
    assert_eq!(short, long, "the most bytes of a short run, and of a long one");
}

#[test]
fn the_bytes_are_counted() {
    let list = async |n: u32| CanoResult::Ok(std::hint::black_box(vec![1_u8; n as usize]));
    assert_eq!(most_bytes(list(2_000)) - most_bytes(list(1_000)), 1_000);
}

fn less(left: u32) -> Option<u32> {
    left.checked_sub(1)
}

/// A workflow of one state that is entered again and again, by way of `$task`.
macro_rules! again {
    ($name:ident, $(#[$attribute:meta])* $task:ident) => {
        workflow! {
            enum $name {
                #[start]
                $(#[$attribute])*
                Again { left: u32 } = match $task(left) {
                    Some(left) => Again { left },
                    None => Over,
                },
                #[exit] Over,
            }
        }
    };
}

#[task]
async fn next(left: u32) -> CanoResult<Option<u32>> {
    Ok(less(left))
}

again! { Plain, next }

#[test]
fn memory_stays_flat_in_a_run_that_goes_in_a_cycle() {
    let store = MemoryStore::new();
    is_flat(long(), |left| Plain::run(left, &store));
}

#[test]
fn memory_stays_flat_in_a_run_whose_end_at_the_limit_of_transitions_is_near() {
    let store = MemoryStore::new();
    is_flat(long(), |left| {
        let limit = NonZeroU64::from(std::num::NonZeroU32::MIN).saturating_add(left.into());
        let workflow = Plain::workflow().with_transition_limit(limit);
        let store = &store;
        async move { workflow.orchestrate_from(Plain::Again { left }, store).await }
    });
}

#[derive(Default)]
struct Count(AtomicU32);

impl Observer for Count {
    fn on_event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Relaxed);
    }
}

#[test]
fn memory_stays_flat_in_a_run_that_is_observed() {
    let store = MemoryStore::new();
    let workflow = Plain::workflow().with_observer(Count::default());
    is_flat(long(), |left| workflow.orchestrate_from(Plain::Again { left }, &store));
}

/// Fails at first, with an error that has text.
#[task(retry = fixed(3, "1ms"))]
async fn second_time(left: u32, cx: &Cx) -> Result<Option<u32>, BoxError> {
    if cx.attempt() == 1 { Err(format!("{left} are left").into()) } else { Ok(less(left)) }
}

again! { Repeated, second_time }

#[test]
fn memory_stays_flat_in_a_run_whose_every_task_is_attempted_twice() {
    let store = MemoryStore::new();
    is_flat(long_enough(), |left| Repeated::run(left, &store));
}

#[task(timeout = "1s")]
async fn in_time(left: u32, cx: &Cx) -> CanoResult<Option<u32>> {
    let token = cx.cancellation();
    yield_now().await;
    cx.progress(0, left.into());
    Ok(less(left).filter(|_| !token.is_cancelled()))
}

again! { Timed, in_time }

#[test]
fn memory_stays_flat_in_a_run_whose_every_task_waits_against_a_timeout_with_a_token() {
    let (store, token) = (MemoryStore::new(), CancellationToken::new());
    let workflow = Timed::workflow().with_timeout(Duration::from_secs(1_000_000));
    is_flat(long_enough(), |left| {
        let options = RunOptions::new().with_cancellation(token.clone()).with_observer(Count::default());
        workflow.orchestrate_with(Timed::Again { left }, &store, options)
    });
}

static ONE: ConcurrencyLimit = ConcurrencyLimit::new(1);

again! { Limited, #[limit(ONE)] next }

#[test]
fn memory_stays_flat_in_a_run_whose_every_task_is_behind_a_limit() {
    let store = MemoryStore::new();
    is_flat(long(), |left| Limited::run(left, &store));
}

#[task]
async fn refused(_left: &u32) -> Result<(), BoxError> {
    Err("refused".into())
}

workflow! {
    enum Caught {
        #[start]
        #[catch(_ => Next { left })]
        Try { left: u32 } = refused(left) >> Over,
        Next { left: u32 } = match next(left) { Some(left) => Try { left }, None => Over },
        #[exit] Over,
    }
}

#[test]
fn memory_stays_flat_in_a_run_whose_every_other_task_fails_and_is_caught() {
    let store = MemoryStore::new();
    is_flat(long(), |left| Caught::run(left, &store));
}

/// Its first `exec` fails, so what `prep` yielded is kept for the second.
#[derive(Default)]
struct Half;

#[node(fallible_exec, retry = fixed(1, "1ms"))]
impl Half {
    async fn prep(&self, left: u32) -> CanoResult<Vec<u32>> {
        Ok(vec![left])
    }

    async fn exec(&self, prepared: &[u32], cx: &Cx) -> Result<u32, BoxError> {
        if cx.attempt() == 1 { Err("not yet".into()) } else { Ok(prepared[0]) }
    }

    async fn post(&self, left: u32) -> CanoResult<Option<u32>> {
        Ok(less(left))
    }
}

again! { Nodes, Half }

#[test]
fn memory_stays_flat_in_a_run_of_nodes_whose_exec_is_attempted_twice() {
    let store = MemoryStore::new();
    is_flat(long_enough(), |left| Nodes::run(left, &store));
}

#[task]
async fn look(item: &u32, left: u32) -> CanoResult<u32> {
    Ok(item.min(&left).to_owned())
}

#[task]
async fn take_back(_left: u32) -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Child {
        #[start]
        #[undo(take_back(left))]
        Do { left: u32 } = match next(left) { left => Over { left } },
        #[exit] Over { left: Option<u32> },
    }
}

workflow! {
    enum Several {
        #[start] All { left: u32, items: Vec<u32> } = match (next(left), second_time(left)) {
            _ => Any { left, items },
        },
        Any { left: u32, items: Vec<u32> } = match any(next(left), second_time(left)) {
            _ => Each { left, items },
        },
        Each { left: u32, items: Vec<u32> } = match each(look(left), over = items, limit = 2) {
            items => Nested { left, items },
        },
        Nested { left: u32, items: Vec<u32> } = match Child(left) {
            ChildExit::Over { left: Some(left) } => All { left, items },
            ChildExit::Over { left: None } => Over,
        },
        #[exit] Over,
    }
}

#[test]
fn memory_stays_flat_in_a_run_of_several_tasks_at_once_and_of_runs_within_it() {
    let store = MemoryStore::new();
    is_flat(long_enough(), |left| Several::run(left / 4, vec![1, 2, 3], &store));
}

#[task(retry = fixed(1, "1ms"))]
async fn down(store: &AtomicU32, cx: &Cx) -> Result<String, BoxError> {
    if cx.attempt() == 1 {
        return Err("not yet".into());
    }
    Ok(if store.fetch_sub(1, Relaxed) == 1 { "over" } else { "again" }.to_owned())
}

#[test]
fn memory_stays_flat_in_a_run_of_the_builder_that_is_observed_and_whose_states_are_texts() {
    let mut workflow = Workflow::new("again".to_owned()).with_observer(Count::default());
    workflow.register("again".to_owned(), down {}).add_exit_state("over".to_owned());
    is_flat(long_enough(), |left| {
        let (workflow, store) = (&workflow, AtomicU32::from(left));
        async move { workflow.orchestrate(&store).await }
    });
}

workflow! {
    enum Undone {
        #[start]
        #[undo(take_back(left))]
        Again { left: u32 } = match next(left) { Some(left) => Again { left }, None => Over },
        #[exit] Over,
    }
}

/// The state's index, its visit, and the `u32` that the undo is lent; twice, because a list that is full doubles.
#[test]
fn what_a_run_may_have_to_undo_is_all_that_grows_and_by_what_the_undo_is_lent() {
    let store = MemoryStore::new();
    let bytes = |left| most_bytes(Undone::run(left, &store));
    bytes(1);
    let per_step = (bytes(long()) - bytes(SHORT)) / u64::from(long() - SHORT);
    assert!((24..=48).contains(&per_step), "{per_step} bytes a step");
}
