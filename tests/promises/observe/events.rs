//! What an observer is told, in order.

use cano::{CancellationToken, RunOptions, WaitStrategy, prelude::*};

use super::*;

/// What is told of a run of `Search`.
async fn of_search(n: u32) -> Vec<String> {
    let log = Log::new();
    let workflow = Search::workflow().with_observer(lines(&log));
    drop(workflow.orchestrate_from(Search::Look { n }, &MemoryStore::new()).await);
    log.lines()
}

#[tokio::test(start_paused = true)]
async fn a_run_is_told_from_its_start_to_its_end() {
    let told = of_search(0).await;

    assert_eq!(
        told,
        [
            "Search starts in Look",
            "enter state Look, visit 0",
            "try work 1 of 3",
            "work 1 succeeded in 1s",
            "Look -> Tell on Much after 1s",
            "enter state Tell, visit 1",
            "try tell 1 of 1",
            "tell did 1 of 2",
            "tell 1 succeeded in 0ns",
            "Tell -> Told after 0ns",
            "enter exit Told, visit 2",
            "end: exit after 1s",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_failed_is_told_with_its_error_and_the_delay() {
    let told = of_search(1).await;

    assert_eq!(
        told[2..7],
        [
            "try work 1 of 3",
            "work 1 failed in 1s: busy 1; again after 10s",
            "try work 2 of 3",
            "work 2 succeeded in 1s",
            "Look -> Empty on Little after 12s",
        ]
    );
}

#[tokio::test]
async fn an_attempt_whose_number_only_a_backoff_limits_is_told_without_a_limit() {
    struct Greet;
    #[async_trait]
    impl Task<&'static str> for Greet {
        fn config(&self) -> TaskConfig {
            TaskConfig::with_backoff(|| std::iter::repeat_n(Duration::ZERO, 2))
        }
        async fn run(&self, _: &MemoryStore) -> CanoResult<&'static str> {
            Ok("greeted")
        }
    }
    let log = Log::new();
    let told = log.clone();
    let line = move |event: &Event<'_>| _ = told.note(event.to_string());
    let mut workflow = Workflow::new("greet").with_observer(line);
    workflow.register("greet", Greet).add_exit_state("greeted");
    workflow.orchestrate(&MemoryStore::new()).await.unwrap();
    assert_eq!(log.count("state `greet`: task `Greet`, attempt 1 begins"), 1, "{:?}", log.lines());
}

#[tokio::test(start_paused = true)]
async fn a_caught_error_is_told_before_its_transition() {
    let told = of_search(9).await;

    assert_eq!(
        told[6..],
        [
            "try work 3 of 3",
            "work 3 failed in 1s: busy 3; gives up",
            "Look caught true: Empty",
            "Look -> Empty on _ after 23s",
            "enter exit Empty, visit 1",
            "end: exit after 23s",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn tasks_at_once_have_attempts_of_their_own() {
    let log = Log::new();
    let workflow = Pair::workflow().with_observer(lines(&log));
    workflow.orchestrate_from(Pair::Both { n: 1 }, &MemoryStore::new()).await.unwrap();

    assert_eq!(
        log.lines(),
        [
            "Pair starts in Both",
            "enter state Both, visit 0",
            "try work 1 of 3",
            "try tell 1 of 1",
            "tell did 1 of 2",
            "tell 1 succeeded in 0ns",
            "work 1 failed in 1s: busy 1; again after 10s",
            "try work 2 of 3",
            "work 2 succeeded in 1s",
            "Both -> No on (_, ()) after 12s",
            "enter exit No, visit 1",
            "end: exit after 12s",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_nested_run_is_told_to_the_observers_of_the_outer_one() {
    let log = Log::new();
    let workflow = Outer::workflow().with_observer(lines(&log));
    workflow.orchestrate_from(Outer::Within { n: 0 }, &MemoryStore::new()).await.unwrap();

    let told = log.lines();
    assert_eq!(
        told[2..5],
        ["try Pair 1 of 1", "Pair starts in Both within another", "enter state Both, visit 0"]
    );
    let end = told.len() - 5;
    assert_eq!(
        told[end..],
        [
            "end: exit after 1s",
            "Pair 1 succeeded in 1s",
            "Within -> Done after 1s",
            "enter exit Done, visit 1",
            "end: exit after 1s"
        ]
    );
}

/// The builder's workflow of one task.
fn of_one<M>(task: impl cano::IntoTask<(), Log, M>) -> Workflow<(), Log> {
    let mut workflow = Workflow::new(()).with_name("One");
    workflow.register((), task);
    workflow
}

#[tokio::test(start_paused = true)]
async fn each_way_to_end_is_told() {
    let log = Log::new();
    drop(of_one(fails {}).with_observer(lines(&log)).orchestrate(&log).await);
    drop(of_one(panics {}).with_observer(lines(&log)).orchestrate(&log).await);
    let waits = of_one(waits {}).with_observer(lines(&log));
    drop(waits.clone().with_timeout(Duration::from_secs(2)).orchestrate(&log).await);
    let token = CancellationToken::new();
    token.cancel();
    let cancelled = RunOptions::new().with_cancellation(token);
    drop(waits.orchestrate_with((), &log, cancelled).await);
    drop(tokio::time::timeout(Duration::from_secs(3), waits.orchestrate(&log)).await);
    let mut none = Workflow::new(());
    none.add_exit_state(());
    drop(none.with_observer(lines(&log)).orchestrate(&log).await);

    let ends: Vec<_> = log.lines().into_iter().filter(|line| line.starts_with("end")).collect();
    assert_eq!(
        ends,
        [
            "end: failed after 0ns",
            "end: panicked after 0ns",
            "end: timed_out after 2s",
            "end: cancelled after 0ns",
            "end: dropped after 3s",
            "end: exit after 0ns",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn the_undo_of_a_step_is_told_before_the_end() {
    let log = Log::new();
    let mut workflow = Workflow::new(0).with_observer(lines(&log));
    workflow.register(0, Go(1)).undo_by(0, tell {}).register(1, Go(2));
    drop(workflow.orchestrate(&log).await);

    let told = log.lines();
    assert_eq!(
        told[told.len() - 6..],
        [
            "undo 0 by tell",
            "try tell 1 of 1",
            "tell did 1 of 2",
            "tell 1 succeeded in 0ns",
            "0 undone by tell in 0ns",
            "end: failed after 0ns",
        ]
    );
}

/// Leads to a state.
struct Go(u32);

#[async_trait]
impl Task<u32, Log> for Go {
    async fn run(&self, _: &Log) -> CanoResult<u32> {
        Ok(self.0)
    }
}

#[tokio::test(start_paused = true)]
async fn a_state_that_nobody_registered_is_entered_and_ends_the_run() {
    let log = Log::new();
    let mut workflow = Workflow::new(0).with_name("Numbers").with_observer(lines(&log));
    workflow.register(0, Go(1));
    let error = workflow.orchestrate(&log).await.unwrap_err();

    assert!(error.to_string().contains("state `0` led to `1`"), "{error}");
    assert_eq!(
        log.lines()[3..],
        ["Go 1 succeeded in 0ns", "0 -> 1 after 0ns", "enter state 1, visit 1", "end: failed after 0ns"]
    );
}

#[tokio::test(start_paused = true)]
async fn several_runs_are_told_as_one_thing_and_each_with_its_index() {
    let log = Log::new();
    let starts = vec![Search::Look { n: 0 }, Search::Look { n: 0 }];
    let runs = Search::workflow().concurrent((starts, MemoryStore::new())).with_observer(lines(&log));
    runs.execute(WaitStrategy::WaitForever).await;

    let told = log.lines();
    assert_eq!(told.first().map(String::as_str), Some("2 runs"));
    assert_eq!(told.last().map(String::as_str), Some("2 succeeded, 0 failed, 0 cancelled"));
    assert_eq!([0, 1].map(|n| log.count(&format!("Search starts in Look as {n}"))), [1, 1]);
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_one_of_several_tasks_is_told_as_its_failure() {
    let log = Log::new();
    let workflow = Faulty::workflow().with_observer(lines(&log));
    assert!(workflow.orchestrate(&MemoryStore::new()).await.is_err());

    assert_eq!(
        log.lines()[2..],
        [
            "try waits 1 of 1",
            "try panics 1 of 1",
            "panics 1 failed in 0ns: workflow `Faulty`, state `Both`: task `panics` panicked: a bug; gives up",
            "end: panicked after 0ns",
        ]
    );
}
