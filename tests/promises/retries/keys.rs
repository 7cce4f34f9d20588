//! The idempotency key: the same for every attempt of a task in one visit, and for nothing else.

use std::collections::BTreeSet;

use cano::prelude::*;

use crate::log::{Busy, Log};

/// Notes its key; fails at its first two attempts.
#[task(retry = fixed(2, "1s"))]
async fn work(cx: &Cx, store: &Log) -> Result<(), Busy> {
    store.note(cx.idempotency_key());
    if cx.attempt() == 3 { Ok(()) } else { Err(Busy(1)) }
}

/// Notes its key, once, and goes round twice.
#[task]
async fn round(n: u32, cx: &Cx, store: &Log) -> Result<bool, Busy> {
    store.note(cx.idempotency_key());
    Ok(n < 2)
}

workflow! {
    #[store(Log)]
    enum One {
        #[start] Work = work >> Worked,
        #[exit] Worked,
    }
}

workflow! {
    #[store(Log)]
    enum Rounds {
        #[start] Work { n: u32 } = match round { true => Work { n: n + 1 }, false => Worked },
        #[exit] Worked,
    }
}

workflow! {
    #[store(Log)]
    enum Both {
        #[start] Work = (work, work) >> Worked,
        #[exit] Worked,
    }
}

/// Fails as often as it has not been attempted, so that a parent's row repeats the workflow that it stands in.
#[task]
async fn fail_twice(store: &Log) -> Result<(), Busy> {
    if store.note("fail") > 9 { Ok(()) } else { Err(Busy(2)) }
}

workflow! {
    #[store(Log)]
    enum Child {
        #[start] Work = work >> Then,
        Then = fail_twice >> Worked,
        #[exit] Worked,
    }
}

workflow! {
    #[store(Log)]
    enum Parent {
        #[start] #[retry(fixed(2, "1s"))] Inside = match Child { Worked => Finished },
        #[exit] Finished,
    }
}

workflow! {
    #[store(Log)]
    enum Twins {
        #[start] Inside = match (One, One) { (Worked, Worked) => Again },
        Again = match One { Worked => Finished },
        #[exit] Finished,
    }
}

/// The keys that were noted, without the other lines.
fn keys(log: &Log) -> Vec<String> {
    log.lines().into_iter().filter(|line| line != "fail").collect()
}

fn distinct(keys: &[String]) -> usize {
    keys.iter().collect::<BTreeSet<_>>().len()
}

#[tokio::test(start_paused = true)]
async fn every_attempt_has_the_same_key() {
    let log = Log::new();
    One::run(&log).await.unwrap();
    let keys = keys(&log);
    assert_eq!((keys.len(), distinct(&keys)), (3, 1));
}

#[tokio::test(start_paused = true)]
async fn every_attempt_in_the_builder_has_the_same_key_and_every_visit_another() {
    #[task(retry = fixed(1, "1s"))]
    async fn step(store: &Log, cx: &Cx) -> Result<u8, Busy> {
        let n = store.note(cx.idempotency_key());
        if cx.attempt() == 2 { Ok(u8::from(n == 6)) } else { Err(Busy(n)) }
    }
    let (log, mut workflow) = (Log::new(), Workflow::new(0));
    workflow.register(0, step {}).add_exit_state(1);
    workflow.orchestrate(&log).await.unwrap();
    let keys = keys(&log);
    assert_eq!((keys.len(), distinct(&keys)), (6, 3));
    assert!(keys.chunks(2).all(|attempts| attempts[0] == attempts[1]));
}

#[tokio::test(start_paused = true)]
async fn the_next_visit_of_a_state_has_another_key() {
    let log = Log::new();
    Rounds::run(0, &log).await.unwrap();
    let keys = keys(&log);
    assert_eq!((keys.len(), distinct(&keys)), (3, 3));
}

#[tokio::test(start_paused = true)]
async fn two_runs_have_different_keys() {
    let (log, workflow) = (Log::new(), One::workflow());
    workflow.orchestrate(&log).await.unwrap();
    workflow.orchestrate(&log).await.unwrap();
    let keys = keys(&log);
    assert_eq!((keys.len(), distinct(&keys)), (6, 2));
}

#[tokio::test(start_paused = true)]
async fn two_tasks_of_one_state_have_different_keys_each_the_same_for_its_attempts() {
    let log = Log::new();
    Both::run(&log).await.unwrap();
    let keys = keys(&log);
    assert_eq!((keys.len(), distinct(&keys)), (6, 2));
    assert!(keys.iter().all(|key| log.count(key) == 3));
}

#[tokio::test(start_paused = true)]
async fn the_tasks_of_a_nested_workflow_have_the_same_keys_when_the_parent_repeats_it() {
    let log = Log::new();
    Parent::run(&log).await.unwrap();
    assert_eq!(log.count("fail"), 3, "the child failed twice");
    let keys = keys(&log);
    assert_eq!((keys.len(), distinct(&keys)), (9, 1));
}

#[tokio::test(start_paused = true)]
async fn nested_workflows_at_different_places_have_different_keys() {
    let log = Log::new();
    Twins::run(&log).await.unwrap();
    let keys = keys(&log);
    assert_eq!((keys.len(), distinct(&keys)), (9, 3));
}

#[tokio::test(start_paused = true)]
async fn a_key_says_nothing_of_the_attempt_and_a_detached_context_has_one_of_its_own() {
    assert_ne!(Cx::detached().idempotency_key(), Cx::detached().idempotency_key());
    let cx = Cx::detached();
    assert_eq!(cx.idempotency_key(), cx.idempotency_key());
}
