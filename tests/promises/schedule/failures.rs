//! Runs that fail.

use std::{
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
};

use cano::{
    prelude::*,
    schedule::{Pace, RunEnd, Timestamp, Trigger},
};

use super::{SECOND, ending, noting, pass};
use crate::log::{Busy, Log};

#[tokio::test(start_paused = true)]
async fn a_panicking_run_is_a_failed_run_and_the_next_slot_fires() {
    let scheduler = Scheduler::new();
    scheduler.every_seconds("panics", ending(|| panic!("no such luck")), 10).unwrap();
    scheduler.every_seconds("sibling", ending(|| Ok(())), 10).unwrap();

    scheduler.start().await.unwrap();
    pass(25 * SECOND).await;

    let info = scheduler.status("panics").await.unwrap();
    assert_eq!((info.run_count, info.failures, info.running), (3, 3, 0));
    assert!(
        matches!(&info.last_error, Some(CanoError::Panicked(panic)) if panic.message() == "no such luck")
    );
    assert!(matches!(&info.status, Status::Failed(message) if message.contains("no such luck")));
    assert_eq!(scheduler.status("sibling").await.unwrap().successes, 3);
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_the_stores_factory_is_a_failed_run() {
    let scheduler = Scheduler::new();
    let workflow =
        ending(|| Ok(())).with_store(|slot| -> MemoryStore { panic!("no store for {}", slot.id()) });
    scheduler.every_seconds("job", workflow, 10).unwrap();

    scheduler.start().await.unwrap();
    pass(15 * SECOND).await;

    let info = scheduler.status("job").await.unwrap();
    assert_eq!((info.run_count, info.failures), (2, 2));
    assert!(
        matches!(&info.last_error, Some(CanoError::Panicked(panic)) if panic.message() == "no store for job")
    );
}

#[tokio::test(start_paused = true)]
async fn a_failed_run_keeps_its_error_and_the_next_slot_fires() {
    let scheduler = Scheduler::new();
    let count = AtomicU64::new(0);
    let workflow = ending(move || match count.fetch_add(1, Relaxed) {
        0 => Err(CanoError::task_execution(Busy(7))),
        _ => Ok(()),
    });
    scheduler.every_seconds("job", workflow, 10).unwrap();
    scheduler.start().await.unwrap();
    pass(SECOND).await;
    assert!(matches!(scheduler.status("job").await.unwrap().status, Status::Failed(_)));
    pass(10 * SECOND).await;

    let info = scheduler.status("job").await.unwrap();
    assert_eq!((info.failures, info.successes, info.status), (1, 1, Status::Completed));
    assert_eq!(info.last_error.unwrap().find(), Some(&Busy(7)));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_takes_too_long_is_a_failed_run() {
    let scheduler = Scheduler::new();
    let schedule = Schedule::every(10 * SECOND).unwrap().with_timeout(2 * SECOND);
    scheduler.add("slow", noting(&Log::new(), 60 * SECOND), schedule).unwrap();

    scheduler.start().await.unwrap();
    pass(11 * SECOND).await;

    let info = scheduler.status("slow").await.unwrap();
    assert_eq!((info.run_count, info.failures, info.last_duration), (2, 1, Some(2 * SECOND)));
    assert!(matches!(info.last_error, Some(CanoError::DeadlineExceeded(_))));
}

#[tokio::test(start_paused = true)]
async fn backoff_lets_slots_pass_after_each_failure_in_a_row_and_keeps_the_grid() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    let noted = log.clone();
    let fails = ending(move || {
        noted.note("failed");
        Err(CanoError::task_execution(Busy(1)))
    });
    let schedule = Schedule::every(SECOND).unwrap().with_backoff(2 * SECOND, 5 * SECOND);
    scheduler.add("job", fails, schedule).unwrap();

    scheduler.start().await.unwrap();
    pass(16 * SECOND).await;

    // Held back for 2 s, 4 s, 5 s, 5 s.
    let seconds: Vec<_> = log.times().iter().map(Duration::as_secs).collect();
    assert_eq!(seconds, [0, 2, 6, 11, 16]);
    assert_eq!(scheduler.status("job").await.unwrap().held_back, 12);
}

#[tokio::test(start_paused = true)]
async fn a_backoff_of_all_time_lets_every_slot_pass_until_the_schedule_is_resumed() {
    let scheduler = Scheduler::new();
    let fails = ending(|| Err(CanoError::task_execution(Busy(1))));
    let schedule = Schedule::every(SECOND).unwrap().with_backoff(Duration::MAX, Duration::MAX);
    scheduler.add("job", fails, schedule).unwrap();

    scheduler.start().await.unwrap();
    pass(10 * SECOND).await;
    let info = scheduler.status("job").await.unwrap();
    assert_eq!((info.run_count, info.held_back), (1, 10));

    scheduler.pause("job").await.unwrap();
    scheduler.resume("job").await.unwrap();
    pass(SECOND).await;
    assert_eq!(scheduler.status("job").await.unwrap().run_count, 2);
}

#[tokio::test(start_paused = true)]
async fn a_schedule_trips_after_so_many_failures_in_a_row_until_it_is_resumed() {
    let scheduler = Scheduler::new();
    let healthy = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&healthy);
    let workflow = ending(move || match seen.load(Relaxed) {
        true => Ok(()),
        false => Err(CanoError::task_execution(Busy(1))),
    });
    let schedule = Schedule::every(SECOND).unwrap().with_trip_after(NonZeroU32::new(3).unwrap());
    scheduler.add("job", workflow, schedule).unwrap();
    scheduler.start().await.unwrap();
    pass(10 * SECOND).await;
    let info = scheduler.status("job").await.unwrap();
    assert_eq!((info.run_count, info.status, info.next_run), (3, Status::Tripped, None));

    healthy.store(true, Relaxed);
    scheduler.resume("job").await.unwrap();
    pass(5 * SECOND).await;

    let info = scheduler.status("job").await.unwrap();
    assert_eq!((info.run_count, info.status, info.missed), (8, Status::Completed, 0));
}

#[tokio::test(start_paused = true)]
async fn the_history_is_bounded_and_says_how_each_run_ended() {
    let scheduler = Scheduler::new();
    let count = AtomicU64::new(0);
    let workflow = ending(move || match count.fetch_add(1, Relaxed) % 2 {
        0 => Err(CanoError::task_execution(Busy(1))),
        _ => Ok(()),
    });
    scheduler.add("job", workflow, Schedule::every(SECOND).unwrap().with_history(3)).unwrap();

    scheduler.start().await.unwrap();
    pass(9 * SECOND).await;

    let history = scheduler.history("job").await.unwrap();
    assert!(matches!(
        history.iter().map(|run| &run.end).collect::<Vec<_>>()[..],
        [RunEnd::Succeeded, RunEnd::Failed(_), RunEnd::Succeeded]
    ));
    let distances: Vec<_> =
        history.windows(2).map(|pair| pair[1].slot.duration_since(pair[0].slot)).collect();
    assert!(distances.iter().all(|distance| distance.unsigned_abs() == SECOND), "{distances:?}");
}

/// Panics when it is asked for the fourth time.
#[derive(Debug, Default)]
struct Broken(AtomicU64);

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("three times")
    }
}

impl Trigger for Broken {
    fn next(&self, after: Timestamp, _start: Timestamp) -> Option<Timestamp> {
        assert!(self.0.fetch_add(1, Relaxed) < 3, "the trigger is broken");
        Some(after + jiff::SignedDuration::from_secs(1))
    }

    fn pace(&self) -> Pace {
        Pace::Steady
    }
}

#[tokio::test(start_paused = true)]
async fn a_trigger_that_panics_ends_its_schedule_and_no_other() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.add("broken", noting(&log, Duration::ZERO), Broken::default()).unwrap();
    scheduler.every_seconds("sibling", noting(&log, Duration::ZERO), 1).unwrap();

    scheduler.start().await.unwrap();
    pass(10 * SECOND).await;

    assert_eq!(scheduler.status("sibling").await.unwrap().run_count, 11);
    scheduler.pause("broken").await.unwrap();
    let info = scheduler.status("broken").await.unwrap();
    assert!(
        matches!(info.last_error, Some(CanoError::Panicked(panic)) if panic.message() == "the trigger is broken")
    );
}
