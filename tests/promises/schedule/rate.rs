//! Intervals: a fixed rate, a fixed delay.

use std::sync::Arc;

use cano::{
    BoxFuture, RunOptions,
    prelude::*,
    schedule::{Overlap, Runnable, SchedulerError, Slot},
};

use super::{SECOND, noting, pass};
use crate::log::Log;

const MS: Duration = Duration::from_millis(1);

#[tokio::test(start_paused = true)]
async fn an_interval_of_100_ms_starts_31_runs_in_3_seconds() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every("often", noting(&log, 10 * MS), 100 * MS).unwrap();

    scheduler.start().await.unwrap();
    pass(3 * SECOND).await;

    assert_eq!(log.times().len(), 31);
    assert!(log.gaps().iter().all(|gap| *gap == 100 * MS), "{:?}", log.gaps());
}

#[tokio::test(start_paused = true)]
async fn an_interval_of_10_ms_works() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every("often", noting(&log, MS), 10 * MS).unwrap();

    scheduler.start().await.unwrap();
    pass(SECOND).await;

    assert_eq!(log.times().len(), 101);
}

#[tokio::test(start_paused = true)]
async fn a_long_run_does_not_move_the_grid() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every("slow", noting(&log, 2_300 * MS), SECOND).unwrap();

    scheduler.start().await.unwrap();
    pass(9 * SECOND).await;

    assert_eq!(log.times(), [0, 3, 6, 9].map(|second| second * SECOND));
    assert_eq!(scheduler.status("slow").await.unwrap().skipped, 6);
}

#[tokio::test(start_paused = true)]
async fn a_trigger_by_hand_does_not_move_the_grid() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every("job", noting(&log, 100 * MS), SECOND).unwrap();
    scheduler.start().await.unwrap();

    pass(1_400 * MS).await;
    let run = scheduler.trigger("job").await.unwrap();
    assert!(run.end().await.is_success());
    pass(SECOND).await;

    assert_eq!(log.times(), [0, 1_000, 1_401, 2_000].map(Duration::from_millis));
}

#[tokio::test(start_paused = true)]
async fn a_fixed_delay_is_counted_from_the_end_of_each_run() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_after("poll", noting(&log, 300 * MS), SECOND).unwrap();

    scheduler.start().await.unwrap();
    pass(4 * SECOND).await;

    assert_eq!(log.times(), [0, 1_300, 2_600, 3_900].map(Duration::from_millis));
}

#[tokio::test(start_paused = true)]
async fn a_fixed_delay_goes_on_after_a_slot_that_a_run_by_hand_was_in_the_way_of() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_after("poll", noting(&log, 300 * MS), SECOND).unwrap();
    scheduler.start().await.unwrap();

    // The slot would be at 1.3 s.
    tokio::time::sleep(1_200 * MS).await;
    scheduler.trigger("poll").await.unwrap();
    pass(3 * SECOND).await;

    assert_eq!(log.times(), [0, 1_200, 2_300, 3_600].map(Duration::from_millis));
}

/// Takes 5 seconds, also where it is told to end.
struct Stubborn(Log);

impl Runnable for Stubborn {
    fn run(self: Arc<Self>, slot: Slot, _: RunOptions) -> BoxFuture<'static, CanoResult<()>> {
        Box::pin(async move {
            self.0.note(if slot.is_by_hand() { "by hand" } else { "slot" });
            tokio::time::sleep(5 * SECOND).await;
            Ok(())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_fixed_delay_goes_on_after_a_slot_whose_turn_a_run_by_hand_has_taken() {
    let (log, scheduler) = (Log::new(), Scheduler::new());
    let schedule = Schedule::every_after(10 * SECOND).unwrap().with_overlap(Overlap::CancelOther);
    scheduler.add("poll", Stubborn(log.clone()), schedule).unwrap();
    scheduler.start().await.unwrap();

    // The slot at 15 s waits for the first one by hand to end, and the second one takes its place.
    tokio::time::sleep(12 * SECOND).await;
    scheduler.trigger("poll").await.unwrap();
    tokio::time::sleep(4 * SECOND).await;
    scheduler.trigger("poll").await.unwrap();
    pass(20 * SECOND).await;

    assert_eq!(log.lines(), ["slot", "by hand", "by hand", "slot"]);
    assert_eq!(log.times(), [0, 12, 17, 25].map(Duration::from_secs));
}

#[tokio::test(start_paused = true)]
async fn a_busy_program_skips_points_of_the_grid_and_makes_no_burst() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every("often", noting(&log, Duration::ZERO), 100 * MS).unwrap();
    scheduler.start().await.unwrap();
    pass(Duration::ZERO).await;

    // Nothing can run while the clock is moved by hand.
    tokio::time::advance(1_050 * MS).await;
    pass(200 * MS).await;

    assert_eq!(log.times(), [0, 1_051, 1_100, 1_200].map(Duration::from_millis));
    assert_eq!(scheduler.status("often").await.unwrap().missed, 9);
}

#[tokio::test(start_paused = true)]
async fn an_interval_of_zero_and_one_that_overflows_are_errors() {
    let scheduler = Scheduler::new();
    let log = Log::new();
    for interval in [Duration::ZERO, Duration::MAX] {
        let refused = scheduler.every("job", noting(&log, SECOND), interval);
        assert!(matches!(refused, Err(SchedulerError::Interval { interval: named }) if named == interval));
        let refused = scheduler.every_after("job", noting(&log, SECOND), interval);
        assert!(matches!(refused, Err(SchedulerError::Interval { interval: named }) if named == interval));
    }
    let refused = scheduler.every_hours("job", noting(&log, SECOND), u64::MAX);
    assert!(matches!(refused, Err(SchedulerError::Interval { .. })));
    // An interval of centuries is one.
    scheduler.every("job", noting(&log, SECOND), Duration::from_secs(500 * 366 * 86_400)).unwrap();
    scheduler.start().await.unwrap();
    pass(SECOND).await;
    assert_eq!(log.times().len(), 1);
}

#[tokio::test]
async fn the_machines_clock_drives_a_scheduler_without_a_paused_one() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every("often", noting(&log, Duration::ZERO), 20 * MS).unwrap();
    scheduler.manual("last", noting(&log, Duration::ZERO)).unwrap();
    scheduler.start().await.unwrap();
    while log.times().len() < 5 {
        tokio::task::yield_now().await;
    }
    scheduler.stop().await.unwrap();
    assert!(log.times()[4] >= 80 * MS, "{:?}", log.times());
}
