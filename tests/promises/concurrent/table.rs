use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use cano::{ConcurrentRuns, WaitStrategy::*, prelude::*};
use tokio::time::sleep;

use super::at_most;

/// How many are in a task now, and were at most.
#[derive(Debug, Default)]
struct Busy {
    now: AtomicUsize,
    most: AtomicUsize,
}

#[task]
async fn halve(n: u32, store: &Busy) -> CanoResult<u32> {
    let now = store.now.fetch_add(1, Relaxed) + 1;
    store.most.fetch_max(now, Relaxed);
    sleep(Duration::from_secs(1)).await;
    store.now.fetch_sub(1, Relaxed);
    Ok(n / 2)
}

workflow! {
    #[store(Busy)]
    #[derive(Debug, PartialEq)]
    enum Halving {
        #[start] Halve { n: u32, from: u32 } = match halve(n) { 0 => Done { from }, n => Halve { n, from } },
        #[exit] Done { from: u32 },
    }
}

#[task]
async fn count(store: &MemoryStore) -> CanoResult<()> {
    store.put("n", store.get::<u32>("n").unwrap_or_default() + 1)?;
    Ok(())
}

workflow! {
    #[derive(Debug)]
    enum Counting {
        #[start] Count = count >> Counted,
        #[exit] Counted,
    }
}

fn starts(n: u32) -> Vec<Halving> {
    (0..n).map(|n| Halving::Halve { n, from: n }).collect()
}

#[tokio::test(start_paused = true)]
async fn a_table_takes_states_with_a_store_that_its_runs_share() {
    let busy = Arc::new(Busy::default());

    let runs = Halving::workflow().concurrent((starts(100), Arc::clone(&busy)));
    let (results, status) = runs.execute(WaitForever).await;

    let exits: Vec<_> = results.into_iter().map(|result| result.success().unwrap()).collect();
    let expected: Vec<_> = (0..100).map(|from| HalvingExit::Done { from }).collect();
    assert_eq!(exits, expected);
    assert_eq!((status.completed, status.duration), (100, Duration::from_secs(7)));
    assert_eq!(busy.most.load(Relaxed), 100);
}

#[tokio::test(start_paused = true)]
async fn no_more_runs_go_on_at_once_than_the_limit_allows() {
    for limit in [1, 2, 7, 100, 1000] {
        let busy = Arc::new(Busy::default());
        let runs = Halving::workflow().concurrent((starts(50), Arc::clone(&busy)));
        let (_, status) = runs.with_limit(at_most(limit)).execute(WaitForever).await;
        assert_eq!((status.completed, busy.most.load(Relaxed)), (50, limit.min(50)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_table_whose_start_state_has_no_fields_takes_stores() {
    let stores: Vec<_> = (0..5).map(|_| MemoryStore::new()).collect();

    let (_, status) = Counting::workflow().concurrent(stores.clone()).execute(WaitForever).await;

    assert_eq!(status.completed, 5);
    assert!(stores.iter().all(|store| store.get::<u32>("n").unwrap() == 1));
}

#[tokio::test(start_paused = true)]
async fn a_workflow_in_an_arc_serves_several_batches() {
    let workflow = Arc::new(Counting::workflow().with_timeout(Duration::from_secs(1)));
    for _ in 0..2 {
        let runs = ConcurrentRuns::new(Arc::clone(&workflow), vec![MemoryStore::new(); 4]);
        assert_eq!(runs.execute(WaitForever).await.1.completed, 4);
    }
}

#[tokio::test]
async fn runs_go_on_several_threads() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
    let status = runtime
        .spawn(async {
            let stores: Vec<_> = (0..1000).map(|_| MemoryStore::new()).collect();
            Counting::workflow().concurrent(stores).with_limit(at_most(64)).execute(WaitForever).await.1
        })
        .await
        .unwrap();
    assert_eq!(status.completed, 1000);
    runtime.shutdown_background();
}
