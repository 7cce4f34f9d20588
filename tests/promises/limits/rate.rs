//! At most so many in a time.

use std::sync::Arc;

use cano::{
    limit::{Limit, RateLimit},
    prelude::*,
};
use proptest::{
    collection::vec,
    test_runner::{Config, RngSeed, TestRunner},
};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use super::{
    behind::{Behind, Work, only},
    schedules::paused,
};
use crate::log::Log;

/// When each of those who come at these milliseconds begins, in milliseconds, in the order of their coming.
async fn begins(limit: RateLimit, coming: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let (limit, began, mut all) = (Arc::new(limit), Instant::now(), JoinSet::new());
    for (number, millis) in coming.into_iter().enumerate() {
        let limit = Arc::clone(&limit);
        all.spawn(async move {
            sleep(Duration::from_millis(millis)).await;
            limit.acquire(&Cx::detached()).await.expect("it waits").succeeded();
            (number, u64::try_from(began.elapsed().as_millis()).expect("it is soon"))
        });
    }
    let mut times = all.join_all().await;
    times.sort_unstable();
    assert_eq!(limit.waiting(), 0);
    times.into_iter().map(|(_, at)| at).collect()
}

#[tokio::test(start_paused = true)]
async fn attempts_begin_evenly_spaced_in_the_order_of_their_coming() {
    assert_eq!(begins(RateLimit::per_second(10), [0; 5]).await, [0, 100, 200, 300, 400]);
    assert_eq!(begins(RateLimit::per_minute(60), [0, 0, 1500, 1500]).await, [0, 1000, 2000, 3000]);
    assert_eq!(begins(RateLimit::per_hour(3600), [0; 3]).await, [0, 1000, 2000]);
    assert_eq!(begins(RateLimit::every(Duration::from_secs(7)), [0; 3]).await, [0, 7000, 14000]);
}

#[tokio::test(start_paused = true)]
async fn a_burst_begins_at_once_and_has_to_come_by_again() {
    let limit = RateLimit::per_second(1).with_burst(3);
    assert_eq!(
        begins(limit, [0, 0, 0, 0, 0, 60_000, 60_000, 60_000, 60_000]).await,
        [0, 0, 0, 1000, 2000, 60_000, 60_000, 60_000, 61_000]
    );
}

#[tokio::test(start_paused = true)]
async fn a_rate_beyond_the_timer_is_reached() {
    let times = begins(RateLimit::per_second(10_000), [0; 5000]).await;
    let last = *times.last().unwrap();
    assert!((495..=505).contains(&last), "5000 at 10000 a second took {last} ms");
}

#[test]
fn never_more_than_the_rate_begin_within_a_second_whenever_they_come() {
    let config =
        Config { cases: 64, rng_seed: RngSeed::Fixed(4), failure_persistence: None, ..Config::default() };
    let comings = (1_u32..=50, vec(0_u64..3000, 1..150));
    TestRunner::new(config)
        .run(&comings, |(rate, coming)| {
            let runtime = paused();
            let mut times = runtime.block_on(begins(RateLimit::per_second(rate), coming));
            times.sort_unstable();
            for from in &times {
                let within = times.iter().filter(|at| (*from..from + 1000).contains(at)).count();
                assert!(within <= rate as usize, "{within} at {rate} a second: {times:?}");
            }
            Ok(())
        })
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn one_dropped_in_the_line_uses_up_nothing_and_stops_nobody() {
    let limit = RateLimit::per_second(1);
    let cx = Cx::detached();
    limit.acquire(&cx).await.unwrap().succeeded();
    let began = Instant::now();
    // The one at the head is dropped, and one behind it.
    let head = timeout(Duration::from_millis(500), limit.acquire(&cx));
    let behind = timeout(Duration::from_millis(600), limit.acquire(&cx));
    let last = async {
        limit.acquire(&cx).await.unwrap().succeeded();
        began.elapsed()
    };
    let (head, behind, last) = tokio::join!(head, behind, last);
    assert!(head.is_err() && behind.is_err());
    assert_eq!(last, Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn each_attempt_of_a_task_counts_and_the_wait_is_before_it() {
    let log = Log::new();
    let workflow = only(Behind(RateLimit::every(Duration::from_secs(10)), Work { failures: 2 }));
    workflow.orchestrate(&log).await.unwrap();
    let began: Vec<_> =
        log.lines().into_iter().zip(log.times()).filter(|(line, _)| line == "began").collect();
    assert_eq!(began.iter().map(|(_, at)| at.as_secs()).collect::<Vec<_>>(), [0, 10, 20]);
}

#[test]
fn what_a_limit_is_set_to_can_be_read() {
    let limit = RateLimit::per_second(3);
    // Rounded up: three intervals that were rounded down would hold a fourth attempt.
    assert_eq!((limit.interval(), limit.burst()), (Duration::from_nanos(333_333_334), 1));
    assert_eq!(limit.with_burst(7).burst(), 7);
}

#[test]
#[should_panic = "a rate limit of 0 would let no attempt begin"]
fn a_rate_of_none_is_refused() {
    let _ = RateLimit::per_minute(0);
}

#[test]
#[should_panic = "a rate limit with an interval of 0 would be none"]
fn an_interval_of_nothing_is_refused() {
    let _ = RateLimit::every(Duration::ZERO);
}

#[test]
#[should_panic = "the interval of a rate limit is at most 100 years"]
fn an_interval_that_nobody_lives_to_see_is_refused() {
    let _ = RateLimit::every(Duration::MAX);
}

#[test]
#[should_panic = "a burst of 0 would let no attempt begin"]
fn a_burst_of_none_is_refused() {
    let _ = RateLimit::per_second(1).with_burst(0);
}

#[test]
#[should_panic = "the burst of a rate limit fills in at most 100 years"]
fn a_burst_that_never_fills_is_refused() {
    let _ = RateLimit::every(Duration::from_hours(24)).with_burst(u32::MAX);
}

#[test]
fn a_test_that_advanced_its_own_clock_does_not_hold_up_another_test_of_the_same_static() {
    static RATE: RateLimit = RateLimit::per_second(10);
    let acquire = || async { RATE.acquire(&Cx::detached()).await.expect("it waits").succeeded() };
    paused().block_on(async {
        sleep(Duration::from_secs(86_400)).await;
        acquire().await;
    });

    let times: Vec<_> = paused().block_on(async {
        let began = Instant::now();
        acquire().await;
        let first = began.elapsed().as_millis();
        acquire().await;
        vec![first, began.elapsed().as_millis()]
    });

    assert_eq!(times, [100, 200], "not after a day, and still evenly spaced");
}
