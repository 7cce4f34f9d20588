//! Times, tokens and policies that make no sense at first sight have an answer that does.

use std::{future::poll_fn, pin::Pin, time::Duration};

use cano::{CancellationToken, RunOptions, WaitStrategy::*, prelude::*};
use futures_core::Stream;
use tokio::time::{Instant, sleep};

use crate::log::{Busy, Log};

#[task]
async fn work(store: &Log) -> CanoResult<&'static str> {
    store.note("work");
    sleep(Duration::from_secs(1)).await;
    Ok("done")
}

fn built() -> Workflow<&'static str, Log> {
    let mut workflow = Workflow::new("work");
    workflow.register("work", work {}).add_exit_state("done");
    workflow
}

#[task]
async fn item(n: &u32, store: &Log) -> CanoResult<u32> {
    store.note("item");
    Ok(*n)
}

workflow! {
    #[store(Log)]
    #[derive(Debug, PartialEq)]
    enum Partly {
        #[start] All { ns: Vec<u32> } = match each(item, over = ns, limit = 100, partial) {
            ns => Done { ns: ns.into_iter().flatten().collect() },
        },
        #[exit] Done { ns: Vec<u32> },
    }
}

fn is_late(end: &CanoResult<&'static str>) -> bool {
    matches!(end, Err(CanoError::DeadlineExceeded(_)))
}

#[tokio::test(start_paused = true)]
async fn a_run_of_the_builder_with_no_time_or_a_cancelled_token_begins_nothing() {
    sleep(Duration::from_secs(5)).await;
    let (log, token) = (Log::new(), CancellationToken::new());
    token.cancel();
    let now = Instant::now();
    for options in [
        RunOptions::new().with_timeout(Duration::ZERO),
        RunOptions::new().with_deadline(now),
        RunOptions::new().with_deadline(now - Duration::from_secs(3)),
        RunOptions::new().with_deadline(now - Duration::from_secs(3)).with_timeout(Duration::MAX),
    ] {
        // Also where it stands at an exit already.
        for start in ["work", "done"] {
            let end = built().orchestrate_with(start, &log, options.clone()).await;
            assert!(is_late(&end), "{end:?}");
            assert!(end.unwrap_err().to_string().ends_with("before its first task"));
        }
    }
    let end = built().with_timeout(Duration::ZERO).orchestrate(&log).await;
    assert!(is_late(&end), "{end:?}");
    // It is cancelled rather than late.
    let options = RunOptions::new().with_cancellation(token).with_timeout(Duration::ZERO);
    let end = built().orchestrate_with("work", &log, options).await;
    assert!(matches!(&end, Err(CanoError::Cancelled(_))), "{end:?}");
    assert!(log.lines().is_empty());
}

#[tokio::test(start_paused = true)]
async fn no_items_are_no_results_and_a_limit_above_their_number_is_none() {
    let log = Log::new();
    assert_eq!(Partly::run(vec![], &log).await.unwrap(), PartlyExit::Done { ns: vec![] });
    assert!(log.lines().is_empty());
    assert_eq!(Partly::run(vec![7], &log).await.unwrap(), PartlyExit::Done { ns: vec![7] });
}

#[tokio::test(start_paused = true)]
async fn no_inputs_are_no_runs_and_a_stream_that_ends_at_once() {
    let runs = || Partly::workflow().concurrent((Vec::new(), Log::new()));
    for strategy in [WaitForever, WaitForQuota(9), WaitDuration(Duration::ZERO)] {
        let (results, status) = runs().with_limit(1.try_into().unwrap()).execute(strategy).await;
        assert_eq!((results.len(), status.total_workflows), (0, 0));
    }
    let mut stream = runs().into_stream();
    assert_eq!(stream.size_hint(), (0, Some(0)));
    assert!(poll_fn(|waker| Pin::new(&mut stream).poll_next(waker)).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_quota_above_the_number_of_runs_or_no_duration_is_what_it_says() {
    let run = async |quota, duration| {
        let strategy = WaitQuotaOrDuration { quota, duration };
        let (_, status) = built().concurrent(vec![Log::new(); 3]).execute(strategy).await;
        (status.completed, status.cancelled, status.duration.as_secs())
    };
    assert_eq!(run(9, Duration::MAX).await, (3, 0, 1));
    assert_eq!(run(usize::MAX, Duration::from_secs(60)).await, (3, 0, 1));
    assert_eq!(run(2, Duration::ZERO).await, (0, 3, 0));
    assert_eq!(run(0, Duration::MAX).await, (0, 3, 0));
}

/// How many attempts there are, and how many seconds they take.
async fn attempts(config: TaskConfig, error: fn() -> CanoError) -> (usize, u64) {
    struct Fails(TaskConfig, fn() -> CanoError);
    #[task]
    impl Task<u8, Log> for Fails {
        fn config(&self) -> TaskConfig {
            self.0.clone()
        }
        async fn run(&self, store: &Log) -> CanoResult<u8> {
            store.note("attempt");
            Err(self.1())
        }
    }
    let (log, began) = (Log::new(), Instant::now());
    let mut workflow = Workflow::new(0).with_timeout(Duration::from_secs(1000));
    workflow.register(0, Fails(config, error)).add_exit_state(1);
    workflow.orchestrate(&log).await.expect_err("it fails");
    (log.lines().len(), began.elapsed().as_secs())
}

fn busy() -> CanoError {
    CanoError::task_execution(Busy(1))
}

#[tokio::test(start_paused = true)]
async fn policies_of_nothing_repeat_nothing_or_without_a_wait() {
    let second = Duration::from_secs(1);
    for (config, expected) in [
        (TaskConfig::with_fixed_retry(0, second), (1, 0)),
        (TaskConfig::with_exponential_retry(0), (1, 0)),
        (TaskConfig::with_backoff(std::iter::empty::<Duration>), (1, 0)),
        (TaskConfig::with_fixed_retry(9, second).with_retry_budget(Duration::ZERO), (1, 0)),
        (TaskConfig::with_fixed_retry(3, Duration::ZERO), (4, 0)),
        (TaskConfig::with_exponential_retry(3).with_base(Duration::ZERO), (4, 0)),
        (TaskConfig::with_exponential_retry(3).with_max_delay(Duration::ZERO), (4, 0)),
        // A wait without an end is ended by the deadline of the run.
        (TaskConfig::with_fixed_retry(3, Duration::MAX), (1, 1000)),
    ] {
        let text = format!("{config:?}");
        assert_eq!(attempts(config, busy).await, expected, "{text}");
    }
    let endless = || busy().retry_after(Duration::MAX);
    assert_eq!(attempts(TaskConfig::with_fixed_retry(3, second), endless).await, (1, 1000));
    let at_once = || busy().retry_after(Duration::ZERO);
    assert_eq!(attempts(TaskConfig::with_fixed_retry(3, second), at_once).await, (4, 0));
}

#[test]
fn a_jitter_that_is_no_part_is_refused() {
    for jitter in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        let refused = std::panic::catch_unwind(|| TaskConfig::new().with_jitter(jitter)).unwrap_err();
        assert_eq!(refused.downcast_ref(), Some(&"a jitter is a part of the delay, from 0.0 to 1.0"));
    }
}
