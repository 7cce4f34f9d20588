//! What holds for undos, nested runs, limits, timeouts and panics one by one holds for them together.

use std::time::Duration;

use cano::{Cx, RunOptions, WaitStrategy, limit::ConcurrencyLimit, prelude::*};
use tokio::time::{Instant, sleep, timeout};

use crate::log::{Busy, Log};

pub(super) const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

#[task]
pub(super) async fn charge(store: &Log) -> CanoResult<()> {
    store.note("charge");
    Ok(())
}

#[task]
pub(super) async fn refund(store: &Log) -> CanoResult<()> {
    sleep(seconds(5)).await;
    store.note("refund");
    Ok(())
}

#[task]
async fn ship(store: &Log) -> CanoResult<()> {
    sleep(seconds(10)).await;
    store.note("shipped");
    Ok(())
}

workflow! {
    #[store(Log)]
    #[derive(Debug, Clone)]
    enum Payment {
        #[undo(refund())]
        #[start] Charge = charge >> Ship,
        Ship = ship >> Paid,
        #[exit] Paid,
    }
}

#[task]
async fn done() -> CanoResult<()> {
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_task_that_cancels_its_own_token_ends_no_attempt_after_it() {
    #[task]
    async fn spawns_nothing_that_outlives_it(cx: &Cx) -> CanoResult<()> {
        let _stops_the_thread = cx.cancellation().drop_guard();
        Ok(())
    }
    #[task]
    async fn has_a_token(cx: &Cx, store: &Log) -> CanoResult<()> {
        store.note(format!("cancelled: {}", cx.cancellation().is_cancelled()));
        Ok(())
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Guarded {
            #[start] First = spawns_nothing_that_outlives_it >> Second,
            Second = has_a_token >> Pay,
            Pay = match Payment { Paid => Done },
            #[exit] Done,
        }
    }
    let log = Log::new();
    let run = Guarded::workflow();
    let end = timeout(seconds(100), run.orchestrate(&log)).await.expect("it ends");
    end.unwrap();
    assert_eq!(log.lines(), ["cancelled: false", "charge", "shipped"]);
}

#[task(retry = fixed(9, "1s"))]
async fn works(store: &Log) -> Result<(), Busy> {
    store.note("works");
    sleep(seconds(1)).await;
    Err(Busy(0))
}

#[tokio::test(start_paused = true)]
async fn what_runs_beside_a_run_that_undoes_ends_at_once() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Beside {
            #[start] Both = match (works(), Payment()) { ((), Paid) => Done },
            #[exit] Done,
        }
    }
    let (log, began) = (Log::new(), Instant::now());
    let options = RunOptions::new().with_timeout(Duration::from_millis(1500));
    let end = Beside::workflow().orchestrate_with(Beside::Both, &log, options).await;
    assert!(matches!(end, Err(CanoError::DeadlineExceeded(_))), "{end:?}");
    assert_eq!(began.elapsed(), Duration::from_millis(6500));
    assert_eq!(log.lines(), ["works", "charge", "refund"]);
}

#[tokio::test(start_paused = true)]
async fn a_rival_of_a_run_that_undoes_ends_at_once() {
    #[task(retry = fixed(9, "1s"))]
    async fn works(store: &Log) -> Result<PaymentExit, Busy> {
        store.note("works");
        sleep(seconds(1)).await;
        Err(Busy(0))
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Beside {
            #[start] Both = match any(works(), Payment()) { Paid => Done },
            #[exit] Done,
        }
    }
    let log = Log::new();
    let options = RunOptions::new().with_timeout(Duration::from_millis(1500));
    let end = Beside::workflow().orchestrate_with(Beside::Both, &log, options).await;
    assert!(matches!(end, Err(CanoError::DeadlineExceeded(_))), "{end:?}");
    assert_eq!(log.lines(), ["works", "charge", "refund"]);
}

static ONE: ConcurrencyLimit = ConcurrencyLimit::new(1);

#[tokio::test(start_paused = true)]
async fn a_permit_comes_back_however_its_attempt_ends() {
    #[task(limit = ONE)]
    async fn panics(n: &u32) -> CanoResult<u32> {
        sleep(seconds(1)).await;
        assert!(*n != 1, "a bug");
        if *n == 2 {
            return Err(CanoError::permanent(Busy(2)));
        }
        Ok(*n)
    }
    workflow! {
        #[derive(Debug)]
        enum Panicking {
            #[start] All { ns: Vec<u32> } = match each(panics, over = ns, limit = 2) { _ns => Done },
            #[exit] Done,
        }
    }
    let store = MemoryStore::new();
    for ns in [vec![0, 1, 0], vec![2, 0, 0], vec![0, 2], vec![1, 1, 1], vec![]] {
        let _ = Panicking::run(ns, &store).await;
        assert_eq!((ONE.running(), ONE.waiting()), (0, 0));
    }
    let dropped = timeout(Duration::from_millis(500), Panicking::run(vec![0, 0, 0], &store)).await;
    assert!(dropped.is_err());
    assert_eq!((ONE.running(), ONE.waiting()), (0, 0));
    let starts = (0..5).map(|_| Panicking::All { ns: vec![0, 1, 2] }).collect::<Vec<_>>();
    let runs = Panicking::workflow().concurrent((starts, store.clone()));
    let (_, status) = runs.execute(WaitStrategy::WaitForQuota(2)).await;
    assert_eq!((status.completed, status.failed, status.cancelled), (0, 4, 1));
    assert_eq!((ONE.running(), ONE.waiting()), (0, 0));
}
