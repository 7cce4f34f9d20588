//! A run that is cancelled, or is not done by its deadline.

use std::time::Duration;

use cano::{CancellationToken, RunId, RunOptions, prelude::*};
use tokio::time::{Instant, sleep};

use crate::log::Log;

#[task]
async fn work(store: &Log) -> CanoResult<()> {
    let _guard = store.on_drop("let go");
    store.note("began");
    sleep(Duration::from_secs(10)).await;
    store.note("ended");
    Ok(())
}

#[task(retry = fixed(100, "1s"))]
async fn fail() -> CanoResult<()> {
    Err(CanoError::task_execution("always"))
}

#[task]
async fn turn() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[store(Log)]
    #[derive(Debug, PartialEq)]
    enum Job {
        #[catch(_ => Caught)]
        #[start] Work = work >> Retry,
        #[catch(_ => Caught)]
        Retry = fail >> Done,
        #[exit] Done,
        #[exit] Caught,
    }
}

workflow! {
    #[derive(Debug)]
    enum Cycle {
        #[start] Turn { never: bool } = match turn() { () if never => Done, () => Back { never } },
        Back { never: bool } = turn() >> Turn { never },
        #[exit] Done,
    }
}

fn cancelled(error: &CanoError) -> &cano::Cancelled {
    match error {
        CanoError::Cancelled(cancelled) => cancelled,
        other => panic!("not cancelled: {other:#}"),
    }
}

fn exceeded(error: &CanoError) -> &cano::DeadlineExceeded {
    match error {
        CanoError::DeadlineExceeded(exceeded) => exceeded,
        other => panic!("not the deadline: {other:#}"),
    }
}

fn with_token(token: &CancellationToken) -> RunOptions {
    RunOptions::new().with_cancellation(token.clone())
}

/// The token is cancelled after this time.
fn cancelled_after(after: Duration) -> CancellationToken {
    let token = CancellationToken::new();
    let cancel = token.clone();
    tokio::spawn(async move {
        sleep(after).await;
        cancel.cancel();
    });
    token
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_run_ends_at_the_next_await_and_says_where_it_was() {
    let log = Log::new();
    let token = cancelled_after(Duration::from_secs(3));

    let error = Job::workflow().orchestrate_with(Job::Work, &log, with_token(&token)).await.unwrap_err();

    let stop = cancelled(&error);
    assert_eq!((stop.place().workflow(), stop.place().state(), stop.place().task()), ("Job", "Work", "work"));
    assert_eq!((stop.attempt(), stop.elapsed()), (1, Duration::from_secs(3)));
    assert_eq!(
        error.to_string(),
        "workflow `Job` was cancelled in state `Work`: task `work`, attempt 1, after 3.0s"
    );
    // By the time that the caller knows, the task was dropped; and nothing of it comes later.
    assert_eq!(log.lines(), ["began", "let go"]);
    sleep(Duration::from_secs(60)).await;
    assert_eq!(log.lines(), ["began", "let go"]);
}

#[tokio::test(start_paused = true)]
async fn a_wait_between_attempts_is_cancelled_too_and_no_catch_takes_it() {
    let token = cancelled_after(Duration::from_millis(2500));

    let error =
        Job::workflow().orchestrate_with(Job::Retry, &Log::new(), with_token(&token)).await.unwrap_err();

    let stop = cancelled(&error);
    assert_eq!((stop.place().state(), stop.attempt()), ("Retry", 3));
    assert_eq!(stop.elapsed(), Duration::from_millis(2500));
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_cancelled_before_the_run_ends_it_before_its_first_task() {
    let (log, token) = (Log::new(), CancellationToken::new());
    token.cancel();

    for start in [Job::Work, Job::Done] {
        let error = Job::workflow().orchestrate_with(start, &log, with_token(&token)).await.unwrap_err();
        assert_eq!(error.to_string(), "workflow `Job` was cancelled before its first task");
    }
    assert!(log.lines().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_not_done_by_its_deadline_ends_there() {
    let log = Log::new();
    let deadline = Instant::now() + Duration::from_secs(4);
    let options = RunOptions::new().with_deadline(deadline);

    let error = Job::workflow().orchestrate_with(Job::Work, &log, options.clone()).await.unwrap_err();

    assert_eq!(exceeded(&error).elapsed(), Duration::from_secs(4));
    assert_eq!(
        error.to_string(),
        "workflow `Job` exceeded its deadline in state `Work`: task `work`, attempt 1, after 4.0s"
    );
    assert_eq!(log.lines(), ["began", "let go"]);

    // By now it is in the past.
    let error = Job::workflow().orchestrate_with(Job::Work, &log, options).await.unwrap_err();
    assert_eq!(error.to_string(), "workflow `Job` exceeded its deadline before its first task");
    assert_eq!(log.lines(), ["began", "let go"]);
}

#[tokio::test(start_paused = true)]
async fn the_earliest_of_the_times_by_which_a_run_has_to_be_done_counts() {
    let seconds = Duration::from_secs;
    for (of_workflow, of_run, until) in [(2, 3, 4), (3, 2, 4), (4, 3, 2)] {
        let workflow = Job::workflow().with_timeout(seconds(of_workflow));
        let options =
            RunOptions::new().with_timeout(seconds(of_run)).with_deadline(Instant::now() + seconds(until));
        let error = workflow.orchestrate_with(Job::Work, &Log::new(), options).await.unwrap_err();
        assert_eq!(exceeded(&error).elapsed(), seconds(2));
    }
}

#[tokio::test(start_paused = true)]
async fn a_workflow_with_a_timeout_has_it_for_each_run() {
    let workflow = Job::workflow().with_timeout(Duration::from_secs(1));
    for _ in 0..2 {
        let error = workflow.orchestrate(&Log::new()).await.unwrap_err();
        assert_eq!(exceeded(&error).elapsed(), Duration::from_secs(1));
    }
}

#[tokio::test]
async fn a_cycle_that_never_awaits_is_cancelled() {
    let token = CancellationToken::new();
    let workflow = Cycle::workflow();
    let store = MemoryStore::new();
    let run = workflow.orchestrate_with(Cycle::Turn { never: false }, &store, with_token(&token));

    let (end, ()) = tokio::join!(run, async {
        tokio::task::yield_now().await;
        token.cancel();
    });

    cancelled(&end.unwrap_err());
}

#[tokio::test]
async fn a_cycle_that_never_awaits_meets_its_deadline() {
    let workflow = Cycle::workflow().with_timeout(Duration::from_millis(5));
    let end = workflow.orchestrate_from(Cycle::Turn { never: false }, &MemoryStore::new()).await;
    exceeded(&end.unwrap_err());
}

#[tokio::test(start_paused = true)]
async fn a_workflow_of_the_builder_is_cancelled_and_meets_its_deadline_alike() {
    #[task]
    async fn wait(store: &Log) -> CanoResult<&'static str> {
        let _guard = store.on_drop("let go");
        sleep(Duration::from_secs(10)).await;
        Ok("done")
    }
    let log = Log::new();
    let mut workflow = Workflow::new("wait").with_timeout(Duration::from_secs(2));
    workflow.register("wait", wait {}).add_exit_state("done");

    let error = workflow.orchestrate(&log).await.unwrap_err();
    assert_eq!(exceeded(&error).elapsed(), Duration::from_secs(2));

    let token = cancelled_after(Duration::from_secs(1));
    let error = workflow.orchestrate_with("wait", &log, with_token(&token)).await.unwrap_err();
    assert_eq!(cancelled(&error).elapsed(), Duration::from_secs(1));
    assert_eq!(log.lines(), ["let go", "let go"]);
}

#[tokio::test(start_paused = true)]
async fn what_a_task_has_spawned_with_its_token_ends_with_the_attempt() {
    #[task]
    async fn spawning(store: &Log, cx: &Cx) -> CanoResult<()> {
        let (token, guard) = (cx.cancellation(), store.on_drop("spawned let go"));
        tokio::spawn(async move {
            let _guard = guard;
            token.cancelled().await;
        });
        sleep(Duration::from_secs(10)).await;
        Ok(())
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Spawning {
            #[start] Spawn = spawning >> Done,
            #[exit] Done,
        }
    }

    // Cancelled, dropped, done: in each case nothing is left.
    let log = Log::new();
    let token = cancelled_after(Duration::from_secs(1));
    Spawning::workflow().orchestrate_with(Spawning::Spawn, &log, with_token(&token)).await.unwrap_err();
    tokio::task::yield_now().await;
    assert_eq!(log.count("spawned let go"), 1);

    tokio::time::timeout(Duration::from_secs(1), Spawning::workflow().orchestrate(&log)).await.unwrap_err();
    tokio::task::yield_now().await;
    assert_eq!(log.count("spawned let go"), 2);

    Spawning::workflow().orchestrate(&log).await.unwrap();
    tokio::task::yield_now().await;
    assert_eq!(log.count("spawned let go"), 3);
}

#[tokio::test(start_paused = true)]
async fn a_nested_run_is_cancelled_with_the_run_it_is_in() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Outer {
            #[start] Inner = match Job { Done => Finished, Caught => Finished },
            #[exit] Finished,
        }
    }
    let log = Log::new();
    let token = cancelled_after(Duration::from_secs(3));

    let error = Outer::workflow().orchestrate_with(Outer::Inner, &log, with_token(&token)).await.unwrap_err();

    assert_eq!(cancelled(&error).place().task(), "Job");
    assert_eq!(log.lines(), ["began", "let go"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_may_be_given_the_id_of_an_earlier_one() {
    #[task]
    async fn key(store: &Log, cx: &Cx) -> CanoResult<()> {
        store.note(cx.idempotency_key());
        Ok(())
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Keyed {
            #[start] Key = key >> Done,
            #[exit] Done,
        }
    }
    let log = Log::new();
    let id = RunId::next();
    // As it comes back from where it was kept.
    let kept: RunId = id.to_string().parse().unwrap();
    for id in [id, kept] {
        let options = RunOptions::new().with_run_id(id);
        Keyed::workflow().orchestrate_with(Keyed::Key, &log, options).await.unwrap();
    }
    assert_eq!(log.count(&format!("{id}-Key-0")), 2);
}

#[test]
fn the_id_of_a_run_is_read_from_what_it_prints_and_from_nothing_else() {
    let id = RunId::next();
    assert_eq!(id.to_string().parse(), Ok(id));
    let plus = format!("+{}", "0".repeat(31));
    for text in ["", "7", &format!("{id}0"), &plus, "g0000000000000000000000000000000"] {
        let error = text.parse::<RunId>().unwrap_err();
        assert_eq!(error.to_string(), "the id of a run has 32 hexadecimal digits", "{text}");
    }
}
