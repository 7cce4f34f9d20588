//! At most so many at once.

use std::sync::Arc;

use cano::{
    limit::{ConcurrencyLimit, Limit},
    prelude::*,
};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use super::behind::{Behind, Work, only};
use crate::log::Log;

/// Runs a workflow of one second `runs` times at once; how long that took.
async fn race(workflow: Workflow<u8, Log>, runs: usize) -> Duration {
    let (began, workflow, mut all) = (Instant::now(), Arc::new(workflow), JoinSet::new());
    for _ in 0..runs {
        let workflow = Arc::clone(&workflow);
        all.spawn(async move { workflow.orchestrate(&Log::new()).await.expect("it succeeds") });
    }
    assert_eq!(all.join_all().await.len(), runs);
    began.elapsed()
}

#[tokio::test(start_paused = true)]
async fn no_more_attempts_than_the_limit_are_under_way_at_once() {
    for (max, seconds) in [(1, 12), (2, 6), (5, 3), (12, 1), (100, 1)] {
        let limit = Arc::new(ConcurrencyLimit::new(max));
        let took = race(only(Behind(Arc::clone(&limit), Work { failures: 0 })), 12).await;
        assert_eq!(took, Duration::from_secs(seconds), "at most {max} at once");
        assert_eq!((limit.max(), limit.running(), limit.waiting()), (max, 0, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn two_workflows_that_name_one_limit_share_it() {
    static BANK: ConcurrencyLimit = ConcurrencyLimit::new(2);
    let workflow = || only(Behind(&BANK, Work { failures: 0 }));
    let (first, second) = tokio::join!(race(workflow(), 4), race(workflow(), 4));
    assert_eq!(first.max(second), Duration::from_secs(4));
}

#[tokio::test(start_paused = true)]
async fn a_wait_between_two_attempts_holds_no_permit() {
    let limit = Arc::new(ConcurrencyLimit::new(1));
    let (log, failing) = (Log::new(), only(Behind(Arc::clone(&limit), Work { failures: 1 })));
    let run = failing.orchestrate(&log);
    let watch = async {
        sleep(Duration::from_millis(500)).await;
        let during_attempt = limit.running();
        sleep(Duration::from_secs(1)).await;
        (during_attempt, limit.running())
    };
    let (end, seen) = tokio::join!(run, watch);
    assert_eq!((end.unwrap(), seen), (1, (1, 0)));
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_are_seen_to_wait() {
    let (limit, cx) = (ConcurrencyLimit::new(2), Cx::detached());
    let _held = (limit.acquire(&cx).await.unwrap(), limit.acquire(&cx).await.unwrap());
    let third = timeout(Duration::from_secs(1), limit.acquire(&cx));
    let watch = async {
        sleep(Duration::from_millis(1)).await;
        (limit.running(), limit.waiting())
    };
    let (third, seen) = tokio::join!(third, watch);
    assert!(third.is_err());
    assert_eq!(seen, (2, 1));
    assert_eq!((limit.running(), limit.waiting()), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a_run_dropped_while_it_waits_begins_nothing_and_keeps_nothing() {
    let limit = Arc::new(ConcurrencyLimit::new(1));
    let (cx, log) = (Cx::detached(), Log::new());
    let held = limit.acquire(&cx).await.unwrap();
    let workflow = only(Behind(Arc::clone(&limit), Work { failures: 0 }));
    assert!(timeout(Duration::from_secs(1), workflow.orchestrate(&log)).await.is_err());
    drop(held);
    sleep(Duration::from_hours(1)).await;
    assert_eq!(log.lines(), [""; 0]);
    assert_eq!((limit.running(), limit.waiting()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_run_dropped_in_its_attempt_lets_go_of_the_task_before_the_permit() {
    /// Notes when it is told.
    struct Told(Log);
    impl Limit for Told {
        fn acquire<'a>(&'a self, _: &'a Cx) -> cano::limit::Admission<'a> {
            cano::limit::Admission::now(Ok(cano::limit::Permit::new(self, 0)))
        }
        fn ended(&self, _: u64, end: cano::limit::End<'_>) {
            self.0.note(format!("told: {end:?}"));
        }
    }
    let log = Log::new();
    let workflow = only(Behind(Told(log.clone()), Work { failures: 0 }));
    assert!(timeout(Duration::from_millis(500), workflow.orchestrate(&log)).await.is_err());
    assert_eq!(log.lines(), ["began", "let go", "told: Dropped"]);
}

#[tokio::test(start_paused = true)]
async fn a_panic_gives_the_permit_back() {
    struct Panics;
    #[async_trait]
    impl Task<u8, Log> for Panics {
        async fn run(&self, _: &Log) -> Result<u8, CanoError> {
            panic!("a bug")
        }
    }
    let limit = Arc::new(ConcurrencyLimit::new(1));
    let workflow = only(Behind(Arc::clone(&limit), Panics));
    for _ in 0..3 {
        assert!(matches!(workflow.orchestrate(&Log::new()).await, Err(CanoError::Panicked(_))));
        assert_eq!(limit.running(), 0);
    }
}

#[test]
#[should_panic = "a concurrency limit of 0 would let no attempt begin"]
fn a_limit_of_none_is_refused() {
    let _ = ConcurrencyLimit::new(0);
}

#[test]
fn a_limit_beyond_what_can_be_counted_is_as_good_as_none() {
    assert!(ConcurrencyLimit::new(usize::MAX).max() >= usize::MAX >> 3);
}
