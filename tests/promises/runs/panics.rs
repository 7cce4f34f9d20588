//! A panic in a task becomes an error of that run.

use std::{panic::panic_any, time::Duration};

use cano::{Panicked, prelude::*};

use crate::log::Log;

/// How a task is to panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum How {
    Text,
    Formatted(u32),
    Owned,
    Number,
    AfterAwait,
    Not,
}

#[task(retry = fixed(3, "1s"))]
async fn work(how: How, store: &Log) -> CanoResult<()> {
    store.note("work");
    match how {
        How::Text => panic!("plain"),
        How::Formatted(n) => panic!("number {n}"),
        How::Owned => panic_any(String::from("owned")),
        How::Number => panic_any(7_u32),
        How::AfterAwait => {
            tokio::time::sleep(Duration::from_secs(1)).await;
            panic!("late")
        }
        How::Not => tokio::time::sleep(Duration::from_secs(2)).await,
    }
    store.note("worked");
    Ok(())
}

workflow! {
    #[store(Log)]
    enum Job {
        #[start] Work { how: How } = work >> Worked,
        #[exit] Worked,
    }
}

workflow! {
    #[store(Log)]
    enum Parent {
        #[start] Delegate { how: How } = match Job(how) { Worked => Finished },
        #[exit] Finished,
    }
}

workflow! {
    #[store(Log)]
    enum Pair {
        #[start] Both { left: How, right: How } = (work(left), rest(right)) >> Finished,
        #[exit] Finished,
    }
}

#[task]
async fn rest(how: How, store: &Log) -> CanoResult<()> {
    work(how, store).await
}

fn panicked(error: &CanoError) -> &Panicked {
    match error {
        CanoError::Panicked(panicked) => panicked,
        other => panic!("not a panic: {other:#}"),
    }
}

async fn error_of(how: How) -> CanoError {
    Job::run(how, &Log::new()).await.err().expect("a panic")
}

#[tokio::test(start_paused = true)]
async fn a_panic_keeps_its_message() {
    for (how, message) in [
        (How::Text, "plain"),
        (How::Formatted(12), "number 12"),
        (How::Owned, "owned"),
        (How::Number, "a panic without a message"),
        (How::AfterAwait, "late"),
    ] {
        assert_eq!(panicked(&error_of(how).await).message(), message);
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_names_the_workflow_the_state_and_the_task() {
    let error = error_of(How::AfterAwait).await;
    let place = panicked(&error).place();
    assert_eq!((place.workflow(), place.state(), place.task()), ("Job", "Work", "work"));
    assert_eq!(error.to_string(), "workflow `Job`, state `Work`: task `work` panicked: late");
}

#[tokio::test(start_paused = true)]
async fn a_task_that_panics_is_not_attempted_again() {
    let log = Log::new();
    Job::run(How::Text, &log).await.err().expect("a panic");
    assert_eq!(log.lines(), ["work"]);
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_a_nested_workflow_names_both() {
    let error = Parent::run(How::Text, &Log::new()).await.err().expect("a panic");
    assert_eq!(
        format!("{error:#}"),
        "workflow `Parent`, state `Delegate`: task `Job` failed after 1 attempt: \
         workflow `Job`, state `Work`: task `work` panicked: plain"
    );
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_a_nested_workflow_is_not_caught_by_the_parents_row() {
    workflow! {
        #[store(Log)]
        enum Catching {
            #[start] #[catch(_ => Caught)] Delegate { how: How } = match Job(how) { Worked => Finished },
            #[exit] Finished,
            #[exit] Caught,
        }
    }
    let end = Catching::run(How::Text, &Log::new()).await;
    assert!(matches!(end, Err(error) if format!("{error:#}").contains("panicked: plain")));
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_one_of_several_tasks_names_that_one_and_ends_the_others() {
    let log = Log::new();
    let first = Pair::run(How::Text, How::Not, &log).await.err().expect("a panic");
    let second = Pair::run(How::Not, How::AfterAwait, &log).await.err().expect("a panic");
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(log.count("worked"), 0);
    assert_eq!(first.to_string(), "workflow `Pair`, state `Both`: task `work` panicked: plain");
    assert_eq!(second.to_string(), "workflow `Pair`, state `Both`: task `rest` panicked: late");
}

#[tokio::test(start_paused = true)]
async fn sibling_runs_go_on_after_a_panic() {
    // Given runs of one workflow, two of which panic while the others are under way
    let (workflow, log) = (std::sync::Arc::new(Job::workflow()), Log::new());
    let spawn = |how| {
        let (workflow, log) = (workflow.clone(), log.clone());
        tokio::spawn(async move { workflow.orchestrate_from(Job::Work { how }, &log).await.is_ok() })
    };
    let spawned = [How::Not, How::Text, How::AfterAwait, How::Not].map(spawn);
    let in_one_task = tokio::join!(
        workflow.orchestrate_from(Job::Work { how: How::AfterAwait }, &log),
        workflow.orchestrate_from(Job::Work { how: How::Not }, &log),
    );
    // Then each ends as it would alone, and nothing panicked outside
    let mut ends = Vec::new();
    for run in spawned {
        ends.push(run.await.expect("the panic stays in the run"));
    }
    assert_eq!(ends, [true, false, false, true]);
    assert!(in_one_task.0.is_err() && in_one_task.1.is_ok());
    assert_eq!(log.count("worked"), 3);
}

#[task]
async fn fragile(store: &Log) -> CanoResult<&'static str> {
    assert!(store.note("fragile") > 1, "the {} time", "first");
    Ok("done")
}

#[tokio::test(start_paused = true)]
async fn a_builders_task_that_panics_is_named_and_the_workflow_runs_again() {
    let mut workflow = Workflow::new("start").with_name("Fragile");
    workflow.register("start", fragile {}).add_exit_state("done");
    let log = Log::new();
    let error = workflow.orchestrate(&log).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "workflow `Fragile`, state `start`: task `fragile` panicked: the first time"
    );
    assert_eq!(workflow.orchestrate(&log).await.unwrap(), "done");
}

#[tokio::test(start_paused = true)]
async fn a_panic_before_the_first_await_of_a_hand_written_task_is_caught_too() {
    struct Eager;
    impl Task<u8> for Eager {
        // As one that does not use `#[async_trait]` may write it: the panic is in the call, not in the future.
        fn run<'a, 'b, 'c>(&'a self, _: &'b MemoryStore) -> cano::BoxFuture<'c, Result<u8, CanoError>>
        where
            'a: 'c,
            'b: 'c,
            Self: 'c,
        {
            panic!("eager")
        }
    }
    let mut workflow = Workflow::new(0_u8);
    workflow.register(0, Eager).add_exit_state(1);
    let error = workflow.orchestrate(&MemoryStore::new()).await.unwrap_err();
    assert_eq!(panicked(&error).message(), "eager");
}
