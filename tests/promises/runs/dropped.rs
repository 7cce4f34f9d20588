//! Nothing of a run happens after its future was dropped.

use std::time::Duration;

use cano::prelude::*;
use tokio::time::{sleep, timeout};

use crate::log::Log;

#[task]
async fn work(store: &Log) -> CanoResult<()> {
    let _guard = store.on_drop("let go");
    store.note("began");
    sleep(Duration::from_secs(2)).await;
    store.note("ended");
    Ok(())
}

#[task(retry = fixed(5, "10s"))]
async fn fail(store: &Log) -> CanoResult<()> {
    store.note("began");
    Err(CanoError::task_execution("always"))
}

workflow! {
    #[store(Log)]
    enum One {
        #[start] Work = work >> More,
        More = work >> Worked,
        #[exit] Worked,
    }
}

workflow! {
    #[store(Log)]
    enum Failing {
        #[start] Fail = fail >> Never,
        #[exit] Never,
    }
}

workflow! {
    #[store(Log)]
    enum Several {
        #[start] Both = (work, work, fail) >> Worked,
        #[exit] Worked,
    }
}

workflow! {
    #[store(Log)]
    enum Nesting {
        #[start] Inside = match Several { Worked => Finished },
        #[exit] Finished,
    }
}

fn builder() -> Workflow<&'static str, Log> {
    #[task]
    async fn work_in_builder(store: &Log) -> CanoResult<&'static str> {
        work(store).await.map(|()| "done")
    }
    let mut workflow = Workflow::new("work");
    workflow.register("work", work_in_builder {}).add_exit_state("done");
    workflow
}

/// Drops the run after a second; what was noted until then, and in the day after.
async fn dropped<T>(run: impl Future<Output = CanoResult<T>>, log: &Log) -> Vec<String> {
    assert!(timeout(Duration::from_secs(1), run).await.is_err(), "the run is under way");
    let until_then = log.lines();
    sleep(Duration::from_hours(24)).await;
    assert_eq!(log.lines(), until_then);
    until_then
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_not_dropped_does_all_its_work() {
    let log = Log::new();
    One::run(&log).await.unwrap();
    builder().orchestrate(&log).await.unwrap();
    assert_eq!(log.lines(), ["began", "ended", "let go"].repeat(3));
}

#[tokio::test(start_paused = true)]
async fn a_dropped_run_lets_go_of_what_its_task_held_and_does_nothing_more() {
    let log = Log::new();
    assert_eq!(dropped(One::run(&log), &log).await, ["began", "let go"]);
    let log = Log::new();
    assert_eq!(dropped(builder().orchestrate(&log), &log).await, ["began", "let go"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_dropped_between_two_attempts_makes_no_other() {
    let log = Log::new();
    assert_eq!(dropped(Failing::run(&log), &log).await, ["began"]);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_run_ends_each_of_several_tasks_at_once() {
    let log = Log::new();
    assert_eq!(dropped(Several::run(&log), &log).await, ["began", "began", "began", "let go", "let go"]);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_run_ends_the_workflows_nested_in_it() {
    let log = Log::new();
    assert_eq!(dropped(Nesting::run(&log), &log).await, ["began", "began", "began", "let go", "let go"]);
}

#[tokio::test(start_paused = true)]
async fn an_aborted_task_ends_the_run_in_it() {
    let log = Log::new();
    let watched = log.clone();
    let run = tokio::spawn(async move { Nesting::run(&watched).await.is_ok() });
    sleep(Duration::from_secs(1)).await;
    run.abort();
    assert!(run.await.unwrap_err().is_cancelled());
    sleep(Duration::from_hours(24)).await;
    assert_eq!(log.count("ended"), 0);
    assert_eq!(log.count("let go"), 2);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_was_never_polled_does_nothing() {
    let log = Log::new();
    drop(Nesting::run(&log));
    sleep(Duration::from_hours(24)).await;
    assert_eq!(log.lines(), [""; 0]);
}
