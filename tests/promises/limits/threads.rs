//! Limits under many threads: what is counted is right when all is over.
//!
//! Exhaustive schedulers see nothing here: the locks and the line are tokio's and the standard library's, and what
//! a circuit does under its lock is one function, which `circuit_model` and `schedules` drive through random orders.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use cano::{
    limit::{CircuitBreaker, ConcurrencyLimit, Limit, RateLimit},
    prelude::*,
};
use tokio::{task::JoinSet, time::timeout};

use super::circuit::failure;

const THREADS: usize = 8;
const ROUNDS: usize = 2000;

/// In each of many tasks on many threads, again and again: takes a permit, and ends it somehow, or drops the wait.
async fn storm(limit: Arc<dyn Limit>, max: usize) {
    let (running, mut all) = (Arc::new(AtomicUsize::new(0)), JoinSet::new());
    for task in 0..THREADS * 4 {
        let (limit, running) = (Arc::clone(&limit), Arc::clone(&running));
        all.spawn(async move {
            let (cx, error) = (Cx::detached(), failure());
            for round in 0..ROUNDS / 4 {
                let kind = (task * 31 + round * 7) % 11;
                let admission = limit.acquire(&cx);
                if kind == 0 {
                    // Dropped after a poll or two.
                    let mut admission = std::pin::pin!(admission);
                    let _ = poll_once(admission.as_mut()).await;
                    continue;
                }
                let Ok(permit) = admission.await else {
                    tokio::task::yield_now().await;
                    continue;
                };
                let now = running.fetch_add(1, SeqCst) + 1;
                assert!(now <= max, "{now} at once");
                tokio::task::yield_now().await;
                running.fetch_sub(1, SeqCst);
                match kind {
                    1 | 2 => permit.failed(&error),
                    3 => drop(permit),
                    _ => permit.succeeded(),
                }
            }
        });
    }
    while let Some(ended) = all.join_next().await {
        ended.expect("no task panics");
    }
}

/// Polls once, and no more.
async fn poll_once<F: Future>(future: std::pin::Pin<&mut F>) -> Option<F::Output> {
    let mut future = future;
    std::future::poll_fn(|cx| match future.as_mut().poll(cx) {
        std::task::Poll::Ready(value) => std::task::Poll::Ready(Some(value)),
        std::task::Poll::Pending => std::task::Poll::Ready(None),
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn a_concurrency_limit_holds_and_has_all_its_permits_back() {
    for max in [1, 3] {
        let limit = Arc::new(ConcurrencyLimit::new(max));
        timeout(Duration::from_mins(1), storm(limit.clone(), max)).await.expect("nobody is forgotten");
        assert_eq!((limit.running(), limit.waiting()), (0, 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn a_circuit_counts_every_end_and_is_not_stuck() {
    let circuit = Arc::new(
        CircuitBreaker::new("bank")
            .with_failures(3, 8)
            .with_probes(2)
            .with_open_for(Duration::from_micros(50)),
    );
    timeout(Duration::from_mins(1), storm(circuit.clone(), usize::MAX)).await.expect("nobody is forgotten");
    let counts = circuit.counts();
    let ended = counts.succeeded + counts.failed + counts.ignored;
    assert_eq!(ended + counts.refused, (THREADS * 4 * (ROUNDS / 4)) as u64);
    assert!(counts.opened > 0 && counts.refused > 0, "{counts:?}");
    let (waiting, cx) = (circuit.or_wait(), Cx::detached());
    for _ in 0..2 {
        let probe = timeout(Duration::from_mins(1), waiting.acquire(&cx)).await.expect("no probe is kept");
        probe.unwrap().succeeded();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn a_circuit_that_is_waited_for_and_a_fast_rate_forget_nobody() {
    let circuit: &'static _ = Box::leak(Box::new(
        CircuitBreaker::new("bank")
            .with_failures(3, 8)
            .with_probes(2)
            .with_open_for(Duration::from_micros(50)),
    ));
    let limits = (circuit.or_wait(), RateLimit::per_second(1_000_000));
    timeout(Duration::from_mins(1), storm(Arc::new(limits), usize::MAX)).await.expect("nobody is forgotten");
    assert_eq!(circuit.or_wait().waiting(), 0);
}
