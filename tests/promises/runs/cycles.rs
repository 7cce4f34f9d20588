//! A cycle of states that never awaits lets others run, and can be ended from outside.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use cano::{CancellationToken, RunOptions, prelude::*};
use tokio::time::Instant;

type Count = AtomicU64;

/// So many steps are for ever; a run that gets there did not let anybody end it.
const FOR_EVER: u64 = 1_000_000;

#[task]
async fn spin(store: &Count) -> CanoResult<bool> {
    Ok(store.fetch_add(1, Relaxed) > FOR_EVER)
}

workflow! {
    #[store(Count)]
    enum Forever {
        #[start] Spin = match spin { true => Out, false => Again },
        Again = match spin { true => Out, false => Spin },
        #[exit] Out,
    }
}

fn builder() -> Workflow<bool, Count> {
    let mut workflow = Workflow::new(false);
    workflow.register(false, spin {}).add_exit_state(true);
    workflow
}

workflow! {
    #[store(Count)]
    enum Caught {
        #[start]
        #[catch(_ => Fail)]
        Fail = match fail_once { true => Out, false => Out },
        #[exit] Out,
    }
}

/// Fails, for ever, so that the cycle is made of catches.
#[task]
async fn fail_once(store: &Count) -> CanoResult<bool> {
    if spin(store).await? { Ok(true) } else { Err("not yet".into()) }
}

// A nested run of few transitions, for ever.
workflow! {
    #[store(Count)]
    enum Around {
        #[start] Inside = match Brief { Left => Inside, Right => Out },
        #[exit] Out,
    }
}

workflow! {
    #[store(Count)]
    enum Brief {
        #[start] Try = match spin { true => Right, false => Left },
        #[exit] Left,
        #[exit] Right,
    }
}

/// A runtime whose clock is paused does not move it while a task is ready: this one, which has to be let run, does.
fn tick() -> Arc<AtomicU64> {
    let ticks = Arc::new(AtomicU64::new(0));
    let counted = ticks.clone();
    tokio::spawn(async move {
        loop {
            counted.fetch_add(1, Relaxed);
            tokio::time::advance(Duration::from_millis(1)).await;
        }
    });
    ticks
}

/// Lets `run` go on for 50 ms of the ticker's time.
async fn end_after_50_ms<T>(run: impl Future<Output = CanoResult<T>>, count: &Count) {
    let (began, ticks) = (Instant::now(), tick());
    let ended = tokio::time::timeout(Duration::from_millis(50), run).await;
    assert!(ended.is_err(), "the run ended by itself");
    assert!(began.elapsed() >= Duration::from_millis(50));
    assert!(ticks.load(Relaxed) >= 50);
    // And it was a cycle that ran all the time.
    assert!(count.load(Relaxed) > 1000, "{count:?} steps");
}

#[tokio::test(start_paused = true)]
async fn a_tables_cycle_that_never_awaits_lets_a_ticker_run_and_a_timeout_end_it() {
    let count = Count::default();
    end_after_50_ms(Forever::workflow().orchestrate(&count), &count).await;
}

#[tokio::test(start_paused = true)]
async fn a_builders_cycle_that_never_awaits_lets_a_ticker_run_and_a_timeout_end_it() {
    let count = Count::default();
    end_after_50_ms(builder().orchestrate(&count), &count).await;
}

#[tokio::test(start_paused = true)]
async fn a_cycle_of_catches_lets_a_ticker_run_and_a_timeout_end_it() {
    let count = Count::default();
    end_after_50_ms(Caught::workflow().orchestrate(&count), &count).await;
}

#[tokio::test(start_paused = true)]
async fn a_cycle_through_a_nested_workflow_lets_a_ticker_run_and_a_timeout_end_it() {
    let count = Count::default();
    end_after_50_ms(Around::workflow().orchestrate(&count), &count).await;
}

#[tokio::test(start_paused = true)]
async fn a_task_that_is_attempted_for_ever_without_a_delay_lets_a_ticker_run_too() {
    fn at_once() -> TaskConfig {
        TaskConfig::with_backoff(|| (0..FOR_EVER).map(|_| Duration::ZERO))
    }
    #[task(retry = at_once)]
    async fn fail(store: &Count) -> CanoResult<bool> {
        store.fetch_add(1, Relaxed);
        Err(CanoError::task_execution("never"))
    }
    let mut workflow = Workflow::new(false);
    workflow.register(false, fail {}).add_exit_state(true);
    let count = Count::default();
    end_after_50_ms(workflow.orchestrate(&count), &count).await;
}

#[tokio::test]
async fn a_builders_cycle_that_never_awaits_meets_its_deadline_and_is_cancelled() {
    let (count, token) = (Count::default(), CancellationToken::new());
    let end = builder().with_timeout(Duration::from_millis(5)).orchestrate(&count).await;
    assert!(matches!(end, Err(CanoError::DeadlineExceeded(_))), "{end:?}");

    let (count, workflow) = (Count::default(), builder());
    let options = RunOptions::new().with_cancellation(token.clone());
    let (end, ()) = tokio::join!(workflow.orchestrate_with(false, &count, options), async { token.cancel() });
    assert!(matches!(end, Err(CanoError::Cancelled(_))), "{end:?}");
}

#[tokio::test(start_paused = true)]
async fn a_cycle_that_never_awaits_is_ended_by_aborting_its_task() {
    let count = Arc::new(Count::default());
    let spun = count.clone();
    let run = tokio::spawn(async move { builder().orchestrate(&spun).await });
    while count.load(Relaxed) < 1000 {
        tokio::task::yield_now().await;
    }
    run.abort();
    assert!(run.await.unwrap_err().is_cancelled());
}
