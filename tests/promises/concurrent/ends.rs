//! How the ends of runs are told: each once, when nothing is left of the run, also where its task did not end by
//! itself.

use std::{
    future::{pending, poll_fn},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
    },
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

use cano::{ConcurrentWorkflow, WaitStrategy::*, prelude::*};
use futures_core::Stream;
use tokio::{runtime::Builder, task::yield_now};

use super::{at_most, letters};

/// The run of this store goes on for ever, or ends at once.
struct Patience(bool);

#[task]
async fn wait(store: &Patience) -> CanoResult<&'static str> {
    if store.0 {
        pending::<()>().await;
    }
    yield_now().await;
    Ok("done")
}

fn workflow() -> ConcurrentWorkflow<&'static str, Patience> {
    let mut workflow = ConcurrentWorkflow::new("wait");
    workflow.register("wait", wait {}).add_exit_state("done");
    workflow
}

#[test]
fn runs_whose_runtime_is_shut_down_are_cancelled() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let mut runs = workflow().runs((0..3).map(|_| Patience(true)).collect::<Vec<_>>()).into_stream();
    let mut next = |waker: &Waker| Pin::new(&mut runs).poll_next(&mut Context::from_waker(waker));
    runtime.block_on(async {
        assert!(next(Waker::noop()).is_pending());
        yield_now().await;
    });

    drop(runtime);

    let mut numbers = Vec::new();
    while let Poll::Ready(Some((number, result))) = next(Waker::noop()) {
        assert!(matches!(result, WorkflowResult::Cancelled));
        numbers.push(number);
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [0, 1, 2]);
    assert!(matches!(next(Waker::noop()), Poll::Ready(None)));
}

#[test]
fn on_several_threads_nothing_is_left_of_runs_that_were_aborted() {
    let runtime = Builder::new_multi_thread().worker_threads(2).build().unwrap();
    for _ in 0..50 {
        let stores: Vec<_> = (0..100).map(|n| Arc::new(Patience(n != 7))).collect();
        let runs = workflow().runs(stores.clone());

        let (results, status) = runtime.block_on(runs.execute(WaitForQuota(1)));

        assert_eq!((status.completed, status.cancelled), (1, 99));
        assert_eq!(letters(&results).find('S'), Some(7));
        assert!(stores.iter().all(|store| Arc::strong_count(store) == 1));
    }
}

#[tokio::test]
async fn the_store_of_a_run_is_dropped_before_its_end_is_told() {
    /// Whether somebody was told of the end.
    #[derive(Default)]
    struct Told(AtomicBool);
    impl Wake for Told {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Relaxed);
        }
    }
    /// Notes, when it is dropped, whether somebody was told by then.
    struct Witness(Arc<Told>, Arc<AtomicBool>);
    impl Drop for Witness {
        fn drop(&mut self) {
            self.1.store(self.0.0.load(Relaxed), Relaxed);
        }
    }
    #[task]
    async fn look(_store: &Witness) -> CanoResult<&'static str> {
        Ok("done")
    }
    let (told, was_told) = (Arc::new(Told::default()), Arc::new(AtomicBool::new(true)));
    let mut workflow = ConcurrentWorkflow::new("look");
    workflow.register("look", look {}).add_exit_state("done");
    let mut runs = workflow.runs(vec![Witness(Arc::clone(&told), Arc::clone(&was_told))]).into_stream();
    let waker = Waker::from(Arc::clone(&told));
    let mut next = || Pin::new(&mut runs).poll_next(&mut Context::from_waker(&waker));

    assert!(next().is_pending());
    yield_now().await;

    assert!(told.0.load(Relaxed) && !was_told.load(Relaxed));
    assert!(matches!(next(), Poll::Ready(Some((0, WorkflowResult::Success("done"))))));
}

#[tokio::test]
async fn whoever_takes_very_many_ends_lets_others_run_in_between() {
    static ENDED: AtomicU32 = AtomicU32::new(0);
    #[task]
    async fn end() -> CanoResult<&'static str> {
        ENDED.fetch_add(1, Relaxed);
        Ok("done")
    }
    let mut workflow = ConcurrentWorkflow::new("end");
    workflow.register("end", end {}).add_exit_state("done");
    let mut runs = workflow.runs(vec![MemoryStore::new(); 10_000]).with_limit(at_most(10_000)).into_stream();
    let mut next = |waker: &mut Context<'_>| Pin::new(&mut runs).poll_next(waker);
    assert!(poll_fn(|waker| Poll::Ready(next(waker).is_pending())).await);
    while ENDED.load(Relaxed) < 10_000 {
        yield_now().await;
    }

    let (mut turns, mut taken) = (0, 0);
    poll_fn(|waker| {
        turns += 1;
        loop {
            match next(waker) {
                Poll::Ready(Some(_)) => taken += 1,
                Poll::Ready(None) => return Poll::Ready(()),
                Poll::Pending => return Poll::Pending,
            }
        }
    })
    .await;

    assert_eq!(taken, 10_000);
    assert!(turns > 10, "{turns}");
}

#[tokio::test(start_paused = true)]
async fn a_hundred_thousand_aborted_runs_are_all_told() {
    let runs = workflow().runs((0..100_000).map(|_| Patience(true)).collect::<Vec<_>>());

    let (_, status) = runs.execute(WaitDuration(Duration::from_secs(1))).await;

    assert_eq!(status.cancelled, 100_000);
}
