//! Where a run begins and ends.

use cano::{
    prelude::*,
    testing::{Recorder, assert_path},
};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    First,
    Second,
    Done,
    Refused,
}

#[task]
async fn first() -> CanoResult<Step> {
    Ok(Step::Second)
}

#[task]
async fn second() -> CanoResult<Step> {
    Ok(Step::Done)
}

fn workflow(start: Step, recorder: &Recorder) -> Workflow<Step> {
    let mut workflow = Workflow::new(start).with_observer(recorder.clone());
    workflow
        .register(Step::First, first {})
        .register(Step::Second, second {})
        .add_exit_states([Step::Done, Step::Refused]);
    workflow
}

#[tokio::test(start_paused = true)]
async fn a_start_state_that_is_an_exit_returns_at_once_and_runs_nothing() {
    let (recorder, store) = (Recorder::new(), MemoryStore::new());
    let mut with_task = workflow(Step::First, &recorder);
    with_task.add_exit_state(Step::First);
    assert_eq!(with_task.orchestrate(&store).await.unwrap(), Step::First);
    assert_path!(recorder, ["First"]);

    recorder.clear();
    assert_eq!(workflow(Step::Refused, &recorder).orchestrate(&store).await.unwrap(), Step::Refused);
    assert_path!(recorder, ["Refused"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_goes_from_the_start_state_to_the_first_exit_it_reaches() {
    let recorder = Recorder::new();
    let end = workflow(Step::First, &recorder).orchestrate(&MemoryStore::new()).await;
    assert_eq!(end.unwrap(), Step::Done);
    assert_path!(recorder, ["First", "Second", "Done"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_may_begin_in_any_state() {
    let (recorder, store) = (Recorder::new(), MemoryStore::new());
    let workflow = workflow(Step::First, &recorder);
    assert_eq!(workflow.orchestrate_from(Step::Second, &store).await.unwrap(), Step::Done);
    assert_path!(recorder, ["Second", "Done"]);

    recorder.clear();
    assert_eq!(workflow.orchestrate_from(Step::Done, &store).await.unwrap(), Step::Done);
    assert_path!(recorder, ["Done"]);
}

#[tokio::test(start_paused = true)]
async fn a_state_registered_again_has_the_later_task() {
    #[task]
    async fn refuse() -> CanoResult<Step> {
        Ok(Step::Refused)
    }
    let recorder = Recorder::new();
    let mut workflow = workflow(Step::First, &recorder);
    workflow.register(Step::Second, refuse {});
    assert_eq!(workflow.orchestrate(&MemoryStore::new()).await.unwrap(), Step::Refused);
    assert_path!(recorder, ["First", "Second", "Refused"]);
}

workflow! {
    #[derive(Debug)]
    enum Short {
        #[start] Only { n: u32 } = match count { n => Counted { n } },
        #[exit] Counted { n: u32 },
    }
}

#[task]
async fn count(n: u32) -> CanoResult<u32> {
    Ok(n + 1)
}

#[tokio::test(start_paused = true)]
async fn a_run_of_a_table_that_begins_in_an_exit_returns_it_and_runs_nothing() {
    let (recorder, store) = (Recorder::new(), MemoryStore::new());
    let workflow = Short::workflow().with_observer(recorder.clone());
    let ShortExit::Counted { n } = workflow.orchestrate_from(Short::Counted { n: 7 }, &store).await.unwrap();
    assert_eq!(n, 7);
    assert_path!(recorder, [Counted]);

    recorder.clear();
    let ShortExit::Counted { n } = workflow.orchestrate_from(Short::Only { n: 7 }, &store).await.unwrap();
    assert_eq!(n, 8);
    assert_path!(recorder, [Only, Counted]);
}
