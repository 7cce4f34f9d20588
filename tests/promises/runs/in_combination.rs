//! What holds for undos, nested runs, limits, timeouts and panics one by one holds for them together.

use std::time::Duration;

use cano::{CancellationToken, Cx, RunOptions, WaitStrategy, limit::ConcurrencyLimit, prelude::*};
use tokio::time::{Instant, sleep, timeout};

use crate::log::{Busy, Log};

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

#[task]
async fn charge(store: &Log) -> CanoResult<()> {
    store.note("charge");
    Ok(())
}

#[task]
async fn refund(store: &Log) -> CanoResult<()> {
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

/// Panics when it is dropped in the middle of its work.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("a bug in a drop");
    }
}

#[task]
async fn explodes_when_dropped() -> CanoResult<()> {
    let bomb = Bomb;
    sleep(seconds(10)).await;
    std::mem::forget(bomb);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_drop_that_panics_when_a_run_is_ended_is_an_error_of_the_run_and_keeps_no_undo() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Exploding {
            #[undo(refund)]
            #[start] Charge = charge >> Wait,
            Wait = explodes_when_dropped >> Done,
            #[exit] Done,
        }
    }
    let log = Log::new();
    let error = Exploding::workflow().with_timeout(seconds(1)).orchestrate(&log).await.unwrap_err();
    assert!(
        matches!(&error, CanoError::Panicked(panic) if panic.message() == "a bug in a drop"),
        "{error:?}"
    );
    assert_eq!(log.lines(), ["charge", "refund"]);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_whose_drop_panics_is_an_error_of_the_run_too() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Exploding {
            #[undo(refund)]
            #[start] Charge = charge >> Wait,
            #[timeout("1s")]
            #[catch(_ => Done)]
            Wait = explodes_when_dropped >> Done,
            #[exit] Done,
        }
    }
    let log = Log::new();
    let error = Exploding::run(&log).await.unwrap_err();
    assert!(matches!(&error, CanoError::Panicked(_)), "{error:?}");
    assert_eq!(log.lines(), ["charge", "refund"]);
}

#[tokio::test(start_paused = true)]
async fn data_of_an_undo_that_panics_when_dropped_keeps_no_other_undo() {
    /// The clone panics when it is dropped.
    #[derive(Debug)]
    enum Receipt {
        Original,
        Copy,
    }
    impl Clone for Receipt {
        fn clone(&self) -> Self {
            Self::Copy
        }
    }
    impl Drop for Receipt {
        fn drop(&mut self) {
            assert!(matches!(self, Self::Original), "a bug in a drop");
        }
    }
    #[task]
    async fn receipt() -> CanoResult<Receipt> {
        Ok(Receipt::Original)
    }
    #[task]
    async fn refund_receipt(receipt: &Receipt, store: &Log) -> CanoResult<()> {
        store.note("refund receipt");
        let _ = receipt;
        Ok(())
    }
    #[task]
    async fn fails() -> Result<(), Busy> {
        Err(Busy(1))
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Exploding {
            #[undo(refund)]
            #[start] Charge = charge >> Again,
            #[undo(refund_receipt(outcome))]
            Again = match receipt { _receipt => Fail },
            Fail = fails >> Done,
            #[exit] Done,
        }
    }
    let log = Log::new();
    let error = Exploding::run(&log).await.unwrap_err();
    let CanoError::NotUndone(left) = &error else { panic!("{error:#}") };
    assert_eq!(left.cause().find(), Some(&Busy(1)));
    assert!(matches!(left.failures(), [CanoError::Panicked(_)]), "{error:#}");
    assert_eq!(log.lines(), ["charge", "refund receipt", "refund"]);
}

#[tokio::test(start_paused = true)]
async fn data_of_an_undo_whose_clone_panics_ends_the_run_as_a_panic_and_the_steps_before_are_undone() {
    #[derive(Debug)]
    struct Receipt;
    impl Clone for Receipt {
        fn clone(&self) -> Self {
            panic!("a bug in a clone")
        }
    }
    #[task]
    async fn receipt(store: &Log) -> CanoResult<Receipt> {
        store.note("receipt");
        Ok(Receipt)
    }
    #[task]
    async fn refund_receipt(receipt: &Receipt, store: &Log) -> CanoResult<()> {
        store.note(format!("never {receipt:?}"));
        Ok(())
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Cloning {
            #[undo(refund)]
            #[start] Charge = charge >> Again,
            #[undo(refund_receipt(outcome))]
            #[catch(_ => Done)]
            Again = match receipt { _receipt => Done },
            #[exit] Done,
        }
    }
    let log = Log::new();
    let error = Cloning::run(&log).await.unwrap_err();
    let CanoError::Panicked(panic) = &error else { panic!("{error:#}") };
    assert_eq!((panic.place().state(), panic.message()), ("Again", "a bug in a clone"));
    assert_eq!(log.lines(), ["charge", "receipt", "refund"]);
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

#[task]
async fn echo(n: &u32) -> CanoResult<u32> {
    Ok(*n)
}

workflow! {
    #[derive(Debug)]
    enum Echo {
        #[start] All { ns: Vec<u32> } = match each(echo, over = ns) { ns => Done { ns } },
        #[exit] Done { ns: Vec<u32> },
    }
}

#[tokio::test(flavor = "current_thread")]
async fn an_each_whose_items_never_wait_lets_others_run() {
    let store = MemoryStore::new();
    let token = CancellationToken::new();
    let options = RunOptions::new().with_cancellation(token.clone());
    let workflow = Echo::workflow();
    let run = workflow.orchestrate_with(Echo::All { ns: (0..100_000).collect() }, &store, options);
    let other = tokio::spawn(async move {
        tokio::task::yield_now().await;
        token.cancel();
    });
    let end = run.await;
    other.await.unwrap();
    assert!(matches!(end, Err(CanoError::Cancelled(_))), "{}", end.is_ok());
}

#[tokio::test(start_paused = true)]
async fn an_each_goes_over_no_one_and_many_items_and_keeps_their_order() {
    for count in [0, 1, 10_000] {
        let EchoExit::Done { ns } = Echo::run((0..count).collect(), &MemoryStore::new()).await.unwrap();
        assert!(ns.into_iter().eq(0..count));
    }
}

#[tokio::test(start_paused = true)]
async fn any_length_of_time_is_a_timeout() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Waiting {
            #[start] Wait = ship >> Done,
            #[exit] Done,
        }
    }
    for long in [Duration::MAX, seconds(1 << 62), seconds(1 << 40)] {
        let log = Log::new();
        let options = RunOptions::new().with_timeout(long);
        let workflow = Waiting::workflow().with_timeout(long);
        workflow.orchestrate_with(Waiting::Wait, &log, options).await.unwrap();

        let log = Log::new();
        let mut built = Workflow::new(0).with_timeout(long);
        built.register(0, Waits(TaskConfig::minimal().with_attempt_timeout(long))).add_exit_state(1);
        built.orchestrate(&log).await.unwrap();
    }
    let log = Log::new();
    let workflow = Waiting::workflow().with_timeout(Duration::ZERO);
    let end = workflow.orchestrate(&log).await;
    assert!(matches!(end, Err(CanoError::DeadlineExceeded(_))));
    assert!(log.lines().is_empty());
    let mut built = Workflow::new(0);
    let none = TaskConfig::with_fixed_retry(2, Duration::ZERO).with_attempt_timeout(Duration::ZERO);
    built.register(0, Waits(none)).add_exit_state(1);
    let end = built.orchestrate(&log).await;
    assert!(matches!(end, Err(CanoError::AttemptTimeout(_))), "{end:?}");
    assert!(log.lines().is_empty());
}

struct Waits(TaskConfig);

#[task]
impl Task<u32, Log> for Waits {
    fn config(&self) -> TaskConfig {
        self.0.clone()
    }

    async fn run(&self, store: &Log) -> CanoResult<u32> {
        sleep(seconds(1)).await;
        store.note("waited");
        Ok(1)
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_of_runs_that_is_polled_after_its_end_stays_ended() {
    use futures_core::Stream;
    use std::{future::poll_fn, pin::Pin};
    let store = MemoryStore::new();
    let starts = vec![Echo::All { ns: vec![] }, Echo::All { ns: vec![] }];
    let mut stream = Echo::workflow().concurrent((starts, store)).into_stream();
    let mut ends = 0;
    while poll_fn(|waker| Pin::new(&mut stream).poll_next(waker)).await.is_some() {
        ends += 1;
    }
    assert_eq!(ends, 2);
    for _ in 0..3 {
        assert!(poll_fn(|waker| Pin::new(&mut stream).poll_next(waker)).await.is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn a_hundred_thousand_aborted_runs_are_told_soon() {
    workflow! {
        #[store(Log)]
        #[derive(Debug, Clone)]
        enum Waiting {
            #[start] Wait = ship >> Done,
            #[exit] Done,
        }
    }
    let log = Log::new();
    let runs = Waiting::workflow().concurrent((vec![Waiting::Wait; 100_000], log.clone()));
    let began = std::time::Instant::now();
    let (_, status) = runs.execute(WaitStrategy::WaitDuration(seconds(1))).await;
    assert_eq!(status.cancelled, 100_000);
    // It took a minute when each was looked for in a list of all.
    assert!(began.elapsed() < seconds(30), "{:?}", began.elapsed());
}
