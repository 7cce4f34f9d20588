//! Who is told, and that it disturbs nothing.

use std::{
    num::NonZeroU64,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use cano::{RunOptions, prelude::*};

use super::*;

#[tokio::test(start_paused = true)]
async fn the_observers_of_the_workflow_and_of_the_run_are_all_told() {
    let (first, second, third) = (Log::new(), Log::new(), Log::new());
    let workflow = Search::workflow().with_observer(lines(&first)).with_observer(lines(&second));
    let options = RunOptions::new().with_observer(lines(&third));
    workflow.orchestrate_with(Search::Look { n: 0 }, &MemoryStore::new(), options).await.unwrap();

    assert_eq!(first.lines().len(), 12);
    assert_eq!(first.lines(), second.lines());
    assert_eq!(first.lines(), third.lines());
}

#[tokio::test(start_paused = true)]
async fn an_observer_that_panics_is_told_no_more_and_the_others_learn_of_it_once() {
    let (log, calls) = (Log::new(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&calls);
    let faulty = move |event: &Event<'_>| {
        counted.fetch_add(1, Relaxed);
        assert!(!matches!(event.kind, EventKind::AttemptStarted { .. }), "a bug in an observer");
    };
    let workflow = Search::workflow().with_observer(faulty).with_observer(lines(&log));
    let end = workflow.orchestrate_from(Search::Look { n: 0 }, &MemoryStore::new()).await;

    assert!(matches!(end, Ok(SearchExit::Told)));
    assert_eq!(calls.load(Relaxed), 3);
    assert_eq!(log.lines()[2..4], ["try work 1 of 3", "an observer panicked: a bug in an observer"]);
    assert_eq!(log.count("an observer panicked: a bug in an observer"), 1);
}

#[tokio::test(start_paused = true)]
async fn an_observer_that_always_panics_does_not_fail_the_run() {
    let faulty = |_: &Event<'_>| panic!("a bug in an observer");
    let workflow = Search::workflow().with_observer(faulty).with_observer(faulty);
    let end = workflow.orchestrate_from(Search::Look { n: 0 }, &MemoryStore::new()).await;

    assert!(matches!(end, Ok(SearchExit::Told)));
}

/// Counts down, and never waits.
#[task]
async fn down(left: u32) -> CanoResult<Option<u32>> {
    Ok(left.checked_sub(1))
}

workflow! {
    #[derive(Debug)]
    enum Countdown {
        #[start] Down { left: u32 } = match down(left) { Some(left) => Down { left }, None => Zero },
        #[exit] Zero,
    }
}

#[tokio::test(start_paused = true)]
async fn an_observed_run_yields_and_has_its_limit_as_any_other() {
    let turns = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&turns);
    let ticker = tokio::spawn(async move {
        loop {
            counted.fetch_add(1, Relaxed);
            tokio::task::yield_now().await;
        }
    });
    let log = Log::new();
    let workflow = Countdown::workflow().with_observer(lines(&log));
    workflow.orchestrate_from(Countdown::Down { left: 1000 }, &MemoryStore::new()).await.unwrap();
    assert!(turns.load(Relaxed) >= 3);
    ticker.abort();

    let log = Log::new();
    let limited = Countdown::workflow()
        .with_observer(lines(&log))
        .with_transition_limit(NonZeroU64::new(10).expect("not zero"));
    let error = limited
        .orchestrate_from(Countdown::Down { left: 1000 }, &MemoryStore::new())
        .await
        .expect_err("the limit is lower");
    assert!(matches!(error, CanoError::TransitionLimit(_)), "{error}");
    let transitions = log.lines().iter().filter(|line| line.contains("->")).count();
    assert_eq!(transitions, 10);
    assert_eq!(log.count("end: failed after 0ns"), 1);
}

/// What a task sees of its attempt.
#[task(retry = fixed(1, "1s"))]
async fn seen(cx: &Cx, store: &Log) -> CanoResult<()> {
    store.note(format!("{} {} {} {}", cx.state(), cx.task(), cx.attempt(), cx.idempotency_key()));
    if cx.attempt() == 1 {
        return Err(CanoError::task_execution(Busy(1)));
    }
    Ok(())
}

workflow! {
    #[store(Log)]
    enum Seen {
        #[start] One = seen >> Two,
        Two = seen >> Done,
        #[exit] Done,
    }
}

#[tokio::test(start_paused = true)]
async fn a_task_sees_the_same_whether_it_is_observed_or_not() {
    let id = cano::RunId::next();
    let mut both = [Log::new(), Log::new()].into_iter();
    let (plain, observed) = (both.next().expect("two"), both.next().expect("two"));
    let options = RunOptions::new().with_run_id(id);
    Seen::workflow().orchestrate_with(Seen::One, &plain, options.clone()).await.expect("it ends");
    let options = options.with_observer(|_: &Event<'_>| {});
    Seen::workflow().orchestrate_with(Seen::One, &observed, options).await.expect("it ends");

    assert_eq!(plain.lines().len(), 4);
    assert_eq!(plain.lines(), observed.lines());
}
