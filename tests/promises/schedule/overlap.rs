//! A run of 3.5 s, every second, under each overlap policy.

use std::num::NonZeroU32;

use cano::{
    prelude::*,
    schedule::{Overlap, RunEnd, SchedulerError},
};

use super::{SECOND, noting, pass};
use crate::log::Log;

/// When runs start in the first eight seconds, in milliseconds, and what is said of them then.
async fn starts(overlap: Overlap) -> (Vec<u64>, FlowInfo) {
    let log = Log::new();
    let scheduler = Scheduler::new();
    let schedule = Schedule::every(SECOND).expect("an interval").with_overlap(overlap);
    scheduler.add("slow", noting(&log, Duration::from_millis(3_500)), schedule).expect("a new id");
    scheduler.start().await.expect("a new scheduler");
    pass(8 * SECOND).await;
    let millis =
        log.times().iter().map(|time| time.as_millis().try_into().expect("a test is short")).collect();
    (millis, scheduler.status("slow").await.expect("it was added"))
}

fn at_most(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).expect("not zero")
}

#[tokio::test(start_paused = true)]
async fn skip_fires_the_next_slot_after_the_run() {
    let (starts, info) = starts(Overlap::Skip).await;
    assert_eq!(starts, [0, 4_000, 8_000]);
    assert_eq!((info.skipped, info.running, info.waiting), (6, 1, 0));
}

#[tokio::test(start_paused = true)]
async fn buffer_one_starts_one_as_soon_as_the_run_has_ended() {
    let (starts, info) = starts(Overlap::BufferOne).await;
    // Slots 0, 1, 4; slot 8 waits.
    assert_eq!(starts, [0, 3_500, 7_000]);
    assert_eq!((info.skipped, info.running, info.waiting), (5, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn buffer_all_lets_so_many_wait() {
    let (starts, info) = starts(Overlap::BufferAll(at_most(3))).await;
    assert_eq!(starts, [0, 3_500, 7_000]);
    assert_eq!((info.skipped, info.running, info.waiting), (3, 1, 3));
}

#[tokio::test(start_paused = true)]
async fn cancel_other_ends_the_run_and_then_starts_the_new_one() {
    let (starts, info) = starts(Overlap::CancelOther).await;
    assert_eq!(starts, [0, 1, 2, 3, 4, 5, 6, 7, 8].map(|second| second * 1_000));
    assert_eq!((info.cancelled, info.skipped, info.running), (8, 0, 1));
}

#[tokio::test(start_paused = true)]
async fn allow_runs_so_many_at_once() {
    let (starts, info) = starts(Overlap::Allow(at_most(2))).await;
    // At 3.5 s and 4.5 s there is room again.
    assert_eq!(starts, [0, 1_000, 4_000, 5_000, 8_000]);
    assert_eq!((info.skipped, info.running), (4, 2));
}

#[tokio::test(start_paused = true)]
async fn a_trigger_that_would_overlap_is_an_error_of_its_own() {
    let scheduler = Scheduler::new();
    scheduler.manual("job", noting(&Log::new(), SECOND)).unwrap();
    scheduler.start().await.unwrap();

    let first = scheduler.trigger("job").await.unwrap();
    let second = scheduler.trigger("job").await;

    assert!(matches!(second, Err(SchedulerError::Overlap { id }) if id == "job"));
    assert!(first.end().await.is_success());
    assert!(scheduler.trigger("job").await.unwrap().end().await.is_success());
    assert_eq!(scheduler.status("job").await.unwrap().skipped, 1);
}

#[tokio::test(start_paused = true)]
async fn a_trigger_that_waits_runs_when_its_turn_comes() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.add("job", noting(&log, SECOND), Schedule::manual().with_overlap(Overlap::BufferOne)).unwrap();
    scheduler.start().await.unwrap();

    let first = scheduler.trigger("job").await.unwrap();
    let second = scheduler.trigger("job").await.unwrap();

    assert!(second.end().await.is_success() && first.end().await.is_success());
    assert_eq!(log.gaps(), [SECOND]);
}

#[tokio::test(start_paused = true)]
async fn a_trigger_that_another_one_replaces_is_told_so() {
    let scheduler = Scheduler::new();
    let schedule = Schedule::manual().with_overlap(Overlap::CancelOther);
    scheduler.add("job", noting(&Log::new(), SECOND), schedule).unwrap();
    scheduler.start().await.unwrap();

    let mut runs = Vec::new();
    for _ in 0..3 {
        runs.push(scheduler.trigger("job").await.unwrap());
    }
    let mut ends = Vec::new();
    for run in runs {
        ends.push(run.end().await);
    }
    // The first was under way, the second waited for its end.
    assert!(matches!(ends[..], [RunEnd::Cancelled, RunEnd::Cancelled, RunEnd::Succeeded]), "{ends:?}");
}
