//! What an observer is told of several tasks at once, and of runs within runs.

use std::sync::{Arc, Mutex};

use cano::{RunId, prelude::*};

use super::*;

/// Takes `seconds`, and fails at its first `failures` attempts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Job {
    seconds: u64,
    failures: u32,
}

const fn job(seconds: u64, failures: u32) -> Job {
    Job { seconds, failures }
}

async fn done(job: Job, cx: &Cx) -> Result<(), Busy> {
    sleep(Duration::from_secs(job.seconds)).await;
    if cx.attempt() <= job.failures { Err(Busy(cx.attempt() as usize)) } else { Ok(()) }
}

#[task]
pub(crate) async fn once(job: Job, cx: &Cx) -> Result<(), Busy> {
    done(job, cx).await
}

#[task(retry = fixed(1, "10s"))]
pub(crate) async fn twice(job: Job, cx: &Cx) -> Result<(), Busy> {
    done(job, cx).await
}

workflow! {
    enum First {
        #[start]
        #[catch(_ => Nobody)]
        Race { a: Job, b: Job } = match any(once(a), twice(b)) { () => Won },
        #[exit] Won,
        #[exit] Nobody,
    }
}

workflow! {
    enum Both {
        #[start]
        #[catch(_ => Failed)]
        Do { a: Job, b: Job } = match (once(a), twice(b)) { ((), ()) => Done },
        #[exit] Done,
        #[exit] Failed,
    }
}

workflow! {
    enum List {
        #[start]
        #[catch(_ => Failed)]
        All { jobs: Vec<Job> } = each(twice, over = jobs, limit = 2) >> Done,
        #[exit] Done,
        #[exit] Failed,
    }
}

workflow! {
    enum PartOfList {
        #[start] All { jobs: Vec<Job> } = match each(once, over = jobs, partial) { _ => Done },
        #[exit] Done,
    }
}

/// What is told of a run from `start`, but its begin and its end.
async fn told<T>(workflow: CheckedWorkflow<T>, start: T) -> Vec<String>
where
    T: cano::__private::States<Store = MemoryStore>,
{
    let log = Log::new();
    let run = workflow.with_observer(lines(&log));
    run.orchestrate_from(start, &MemoryStore::new())
        .await
        .map_err(|error| error.to_string())
        .map(drop)
        .expect("it ends");
    let told = log.lines();
    sleep(Duration::from_secs(1000)).await;
    assert_eq!(log.lines(), told, "nothing is told after the end");
    told[2..told.len() - 1].to_vec()
}

#[tokio::test(start_paused = true)]
async fn of_any_the_attempts_of_all_are_told_and_no_end_of_those_that_were_dropped() {
    let told = told(First::workflow(), First::Race { a: job(30, 0), b: job(1, 1) }).await;

    assert_eq!(
        told,
        [
            "try once 1 of 1",
            "try twice 1 of 2",
            "twice 1 failed in 1s: busy 1; again after 10s",
            "try twice 2 of 2",
            "twice 2 succeeded in 1s",
            "Race -> Won on () after 12s",
            "enter exit Won, visit 1",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn of_any_each_that_gives_up_is_told_before_what_catches_them() {
    let told = told(First::workflow(), First::Race { a: job(1, 9), b: job(2, 9) }).await;

    assert_eq!(
        told,
        [
            "try once 1 of 1",
            "try twice 1 of 2",
            "once 1 failed in 1s: busy 1; gives up",
            "twice 1 failed in 2s: busy 1; again after 10s",
            "try twice 2 of 2",
            "twice 2 failed in 2s: busy 2; gives up",
            "Race caught true: Nobody",
            "Race -> Nobody on _ after 14s",
            "enter exit Nobody, visit 1",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn of_a_tuple_the_one_that_gives_up_is_told_and_no_end_of_its_siblings() {
    let told = told(Both::workflow(), Both::Do { a: job(30, 0), b: job(1, 9) }).await;

    assert_eq!(
        told,
        [
            "try once 1 of 1",
            "try twice 1 of 2",
            "twice 1 failed in 1s: busy 1; again after 10s",
            "try twice 2 of 2",
            "twice 2 failed in 1s: busy 2; gives up",
            "Do caught true: Failed",
            "Do -> Failed on _ after 12s",
            "enter exit Failed, visit 1",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn of_each_the_attempts_are_told_with_their_item_as_the_limit_lets_them_begin() {
    let told = told(List::workflow(), List::All { jobs: vec![job(5, 0), job(1, 1), job(2, 0)] }).await;

    assert_eq!(
        told,
        [
            "try twice[0] 1 of 2",
            "try twice[1] 1 of 2",
            "twice[1] 1 failed in 1s: busy 1; again after 10s",
            "twice[0] 1 succeeded in 5s",
            "try twice[2] 1 of 2",
            "twice[2] 1 succeeded in 2s",
            "try twice[1] 2 of 2",
            "twice[1] 2 succeeded in 1s",
            "All -> Done after 12s",
            "enter exit Done, visit 1",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn of_each_an_item_that_gives_up_ends_those_that_began_and_the_others_never_begin() {
    let told = told(List::workflow(), List::All { jobs: vec![job(50, 0), job(1, 9), job(2, 0)] }).await;

    assert_eq!(
        told,
        [
            "try twice[0] 1 of 2",
            "try twice[1] 1 of 2",
            "twice[1] 1 failed in 1s: busy 1; again after 10s",
            "try twice[1] 2 of 2",
            "twice[1] 2 failed in 1s: busy 2; gives up",
            "All caught true: Failed",
            "All -> Failed on _ after 12s",
            "enter exit Failed, visit 1",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn of_a_partial_each_the_items_that_fail_are_told_and_the_run_goes_on() {
    let told = told(PartOfList::workflow(), PartOfList::All { jobs: vec![job(2, 9), job(1, 0)] }).await;

    assert_eq!(
        told,
        [
            "try once[0] 1 of 1",
            "try once[1] 1 of 1",
            "once[1] 1 succeeded in 1s",
            "once[0] 1 failed in 2s: busy 1; gives up",
            "All -> Done on _ after 2s",
            "enter exit Done, visit 1",
        ]
    );
}

workflow! {
    enum Inner {
        #[start] Work { a: Job } = once(a) >> Worked,
        #[exit] Worked,
    }
}

workflow! {
    enum Rivals {
        #[start] Race { a: Job, b: Job } = match any(Inner(a), Inner(b)) { Worked => Won },
        #[exit] Won,
    }
}

#[tokio::test(start_paused = true)]
async fn a_nested_run_that_is_dropped_says_so_before_its_row_is_left() {
    let told = told(Rivals::workflow(), Rivals::Race { a: job(30, 0), b: job(1, 0) }).await;

    assert_eq!(
        told,
        [
            "try Inner 1 of 1",
            "Inner starts in Work within another",
            "enter state Work, visit 0",
            "try once 1 of 1",
            "try Inner 1 of 1",
            "Inner starts in Work within another",
            "enter state Work, visit 0",
            "try once 1 of 1",
            "once 1 succeeded in 1s",
            "Work -> Worked after 1s",
            "enter exit Worked, visit 1",
            "end: exit after 1s",
            "Inner 1 succeeded in 1s",
            "end: dropped after 1s",
            "Race -> Won on Worked after 1s",
            "enter exit Won, visit 1",
        ]
    );
}

workflow! {
    enum Retried {
        #[start]
        #[retry(fixed(1, "1s"))]
        Within { a: Job } = match Inner(a) { Worked => Done },
        #[exit] Done,
    }
}

workflow! {
    enum Many {
        #[start] Within { jobs: Vec<Job> } = match each(Inner, over = jobs) { _ => Done },
        #[exit] Done,
    }
}

/// The runs that begin, and the run that each is within, in order.
async fn runs<T>(workflow: CheckedWorkflow<T>, start: T) -> Vec<(RunId, Option<RunId>)>
where
    T: cano::__private::States<Store = MemoryStore>,
{
    let runs = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&runs);
    let workflow = workflow.with_observer(move |event: &Event<'_>| {
        if let (EventKind::RunStarted { parent, .. }, Some(run)) = (event.kind, event.run) {
            seen.lock().expect("nothing panics under this lock").push((run, parent));
        }
    });
    drop(workflow.orchestrate_from(start, &MemoryStore::new()).await);
    runs.lock().expect("nothing panics under this lock").clone()
}

#[tokio::test(start_paused = true)]
async fn each_attempt_of_a_nested_run_begins_the_same_run() {
    let runs = runs(Retried::workflow(), Retried::Within { a: job(1, 9) }).await;

    let [(outer, None), first, second] = runs[..] else { panic!("not three runs: {runs:?}") };
    assert_eq!((first, first.1), (second, Some(outer)));
    assert_ne!(first.0, outer);
}

#[tokio::test(start_paused = true)]
async fn the_nested_runs_of_items_are_runs_of_their_own_within_one() {
    let runs = runs(Many::workflow(), Many::Within { jobs: vec![job(1, 0), job(1, 0)] }).await;

    let [(outer, None), first, second] = runs[..] else { panic!("not three runs: {runs:?}") };
    assert_eq!((first.1, second.1), (Some(outer), Some(outer)));
    assert_ne!(first.0, second.0);
}
