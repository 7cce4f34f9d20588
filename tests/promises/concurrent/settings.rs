//! A `ConcurrentWorkflow` has the settings of a `Workflow`.

use std::{num::NonZeroU64, time::Duration};

use cano::{ConcurrentWorkflow, Event, EventKind, WaitStrategy::*, limit::ConcurrencyLimit, prelude::*};
use tokio::time::sleep;

use super::letters;
use crate::log::Log;

#[task]
async fn first() -> CanoResult<&'static str> {
    sleep(Duration::from_secs(1)).await;
    Ok("second")
}

#[task]
async fn second() -> CanoResult<&'static str> {
    Ok("done")
}

fn two_steps() -> ConcurrentWorkflow<&'static str> {
    let mut workflow = ConcurrentWorkflow::new("first");
    workflow.register("first", first {}).register("second", second {}).add_exit_state("done");
    workflow
}

fn stores() -> Vec<MemoryStore> {
    (0..3).map(|_| MemoryStore::new()).collect()
}

#[tokio::test(start_paused = true)]
async fn its_limit_of_transitions_is_that_of_each_run() {
    for (limit, ends) in [(1, "FFF"), (2, "SSS")] {
        let limit = NonZeroU64::new(limit).expect("it is not zero");
        let workflow = two_steps().with_transition_limit(limit);
        let (results, _) = workflow.execute_concurrent(stores(), WaitForever).await.unwrap();
        assert_eq!(letters(&results), ends);
    }
}

#[tokio::test(start_paused = true)]
async fn its_observer_is_told_of_all_the_runs() {
    let log = Log::new();
    let told = log.clone();
    let workflow = two_steps().with_observer(move |event: &Event<'_>| {
        _ = match event.kind {
            EventKind::RunStarted { index, .. } => told.note(format!("{index:?} began")),
            EventKind::BatchEnded { succeeded, .. } => told.note(format!("{succeeded} succeeded")),
            _ => 0,
        }
    });
    workflow.execute_concurrent(stores(), WaitForever).await.unwrap();
    for line in ["Some(0) began", "Some(1) began", "Some(2) began", "3 succeeded"] {
        assert_eq!(log.count(line), 1, "{line}");
    }
}

#[tokio::test(start_paused = true)]
async fn its_limit_of_a_state_is_one_for_all_the_runs() {
    static ONE: ConcurrencyLimit = ConcurrencyLimit::new(1);
    let mut workflow = two_steps();
    workflow.limit_by("first", &ONE);
    let (results, status) = workflow.execute_concurrent(stores(), WaitForever).await.unwrap();
    assert_eq!((letters(&results).as_str(), status.duration), ("SSS", Duration::from_secs(3)));
}
