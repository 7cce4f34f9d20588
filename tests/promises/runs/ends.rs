//! Where a run begins and ends.

use cano::prelude::*;

use crate::log::Log;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    First,
    Second,
    Done,
    Refused,
}

#[task]
async fn first(store: &Log) -> CanoResult<Step> {
    store.note("first");
    Ok(Step::Second)
}

#[task]
async fn second(store: &Log) -> CanoResult<Step> {
    store.note("second");
    Ok(Step::Done)
}

fn workflow(start: Step) -> Workflow<Step, Log> {
    let mut workflow = Workflow::new(start);
    workflow
        .register(Step::First, first {})
        .register(Step::Second, second {})
        .add_exit_states([Step::Done, Step::Refused]);
    workflow
}

#[tokio::test(start_paused = true)]
async fn a_start_state_that_is_an_exit_returns_at_once_and_runs_nothing() {
    let log = Log::new();
    let mut with_task = workflow(Step::First);
    with_task.add_exit_state(Step::First);
    assert_eq!(with_task.orchestrate(&log).await.unwrap(), Step::First);
    assert_eq!(workflow(Step::Refused).orchestrate(&log).await.unwrap(), Step::Refused);
    assert_eq!(log.lines(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_run_goes_from_the_start_state_to_the_first_exit_it_reaches() {
    let log = Log::new();
    assert_eq!(workflow(Step::First).orchestrate(&log).await.unwrap(), Step::Done);
    assert_eq!(log.lines(), ["first", "second"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_may_begin_in_any_state() {
    let (log, workflow) = (Log::new(), workflow(Step::First));
    assert_eq!(workflow.orchestrate_from(Step::Second, &log).await.unwrap(), Step::Done);
    assert_eq!(workflow.orchestrate_from(Step::Done, &log).await.unwrap(), Step::Done);
    assert_eq!(log.lines(), ["second"]);
}

#[tokio::test(start_paused = true)]
async fn a_state_registered_again_has_the_later_task() {
    #[task]
    async fn refuse(store: &Log) -> CanoResult<Step> {
        store.note("refuse");
        Ok(Step::Refused)
    }
    let (log, mut workflow) = (Log::new(), workflow(Step::First));
    workflow.register(Step::Second, refuse {});
    assert_eq!(workflow.orchestrate(&log).await.unwrap(), Step::Refused);
    assert_eq!(log.lines(), ["first", "refuse"]);
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Short {
        #[start] Only { n: u32 } = match count { n => Counted { n } },
        #[exit] Counted { n: u32 },
    }
}

#[task]
async fn count(n: u32, store: &Log) -> CanoResult<u32> {
    store.note("count");
    Ok(n + 1)
}

#[tokio::test(start_paused = true)]
async fn a_run_of_a_table_that_begins_in_an_exit_returns_it_and_runs_nothing() {
    let log = Log::new();
    let ShortExit::Counted { n } =
        Short::workflow().orchestrate_from(Short::Counted { n: 7 }, &log).await.unwrap();
    assert_eq!((n, log.lines().len()), (7, 0));
    let ShortExit::Counted { n } =
        Short::workflow().orchestrate_from(Short::Only { n: 7 }, &log).await.unwrap();
    assert_eq!((n, log.lines().len()), (8, 1));
}
