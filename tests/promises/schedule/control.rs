//! Schedules that are changed while the scheduler runs.

use std::num::NonZeroU32;

use cano::{
    prelude::*,
    schedule::{Every, Overlap, SchedulerError},
};

use super::{SECOND, noting, pass};
use crate::log::Log;

fn seconds(log: &Log) -> Vec<u64> {
    log.times().iter().map(Duration::as_secs).collect()
}

#[tokio::test(start_paused = true)]
async fn a_schedule_that_is_added_begins_at_once() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.start().await.unwrap();
    pass(5 * SECOND).await;

    scheduler.every_seconds("late", noting(&log, Duration::ZERO), 10).unwrap();
    pass(20 * SECOND).await;

    assert_eq!(seconds(&log), [5, 15, 25]);
}

#[tokio::test(start_paused = true)]
async fn a_schedule_that_is_removed_fires_no_more_and_its_run_ends() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_seconds("job", noting(&log, 5 * SECOND), 10).unwrap();
    scheduler.start().await.unwrap();
    pass(12 * SECOND).await;

    scheduler.remove("job").await.unwrap();
    assert!(scheduler.status("job").await.is_none() && scheduler.list().await.is_empty());
    // Its id is free again, though a run of it is under way.
    scheduler.manual("job", noting(&log, SECOND)).unwrap();
    let report = scheduler.stop().await.unwrap();

    assert_eq!(seconds(&log), [0, 10]);
    assert_eq!(report.completed, ["job"]);
}

#[tokio::test(start_paused = true)]
async fn the_time_of_a_pause_is_never_caught_up() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_seconds("job", noting(&log, Duration::ZERO), 10).unwrap();
    scheduler.start().await.unwrap();
    pass(SECOND).await;

    scheduler.pause("job").await.unwrap();
    assert_eq!(scheduler.status("job").await.unwrap().status, Status::Paused);
    pass(30 * SECOND).await;
    scheduler.resume("job").await.unwrap();
    pass(10 * SECOND).await;

    let info = scheduler.status("job").await.unwrap();
    assert_eq!((seconds(&log), info.missed, info.status), (vec![0, 40], 0, Status::Completed));
}

#[tokio::test(start_paused = true)]
async fn a_paused_schedule_can_be_triggered() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_seconds("job", noting(&log, Duration::ZERO), 10).unwrap();
    scheduler.pause("job").await.unwrap();
    scheduler.start().await.unwrap();
    pass(15 * SECOND).await;

    assert!(scheduler.trigger("job").await.unwrap().end().await.is_success());
    assert_eq!(seconds(&log), [15]);
}

#[tokio::test(start_paused = true)]
async fn an_update_changes_the_trigger_and_keeps_the_counts() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_seconds("job", noting(&log, Duration::ZERO), 10).unwrap();
    scheduler.start().await.unwrap();
    pass(12 * SECOND).await;

    scheduler.update("job", Every::new(3 * SECOND).unwrap()).await.unwrap();
    pass(7 * SECOND).await;

    assert_eq!(seconds(&log), [0, 10, 12, 15, 18]);
    let info = scheduler.status("job").await.unwrap();
    assert_eq!((info.run_count, &*info.schedule.to_string()), (5, "every 3s"));
}

#[tokio::test(start_paused = true)]
async fn an_update_that_would_never_fire_is_refused_and_leaves_the_schedule() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_seconds("job", noting(&log, Duration::ZERO), 10).unwrap();
    scheduler.start().await.unwrap();

    let never = Schedule::cron("0 0 0 1 1 * 1999").unwrap();
    let refused = scheduler.update("job", never).await;
    pass(15 * SECOND).await;

    assert!(matches!(refused, Err(SchedulerError::NeverFires { id, .. }) if id == "job"));
    assert_eq!(seconds(&log), [0, 10]);
}

#[tokio::test(start_paused = true)]
async fn unknown_and_duplicate_ids_are_errors_that_name_them() {
    let scheduler = Scheduler::new();
    scheduler.manual("job", noting(&Log::new(), SECOND)).unwrap();
    let twice = scheduler.every_seconds("job", noting(&Log::new(), SECOND), 1);
    assert!(matches!(twice, Err(SchedulerError::DuplicateId { id }) if id == "job"));

    scheduler.start().await.unwrap();
    let unknown = [
        scheduler.trigger("jab").await.err(),
        scheduler.pause("jab").await.err(),
        scheduler.resume("jab").await.err(),
        scheduler.remove("jab").await.err(),
        scheduler.update("jab", Schedule::manual()).await.err(),
        scheduler.history("jab").await.err(),
        scheduler.next_fires("jab", 1).await.err(),
    ];
    for error in unknown {
        assert!(matches!(error, Some(SchedulerError::UnknownId { id }) if id == "jab"));
    }
    assert!(scheduler.status("jab").await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_scheduler_that_does_not_run_refuses_a_trigger() {
    let scheduler = Scheduler::new();
    scheduler.manual("job", noting(&Log::new(), SECOND)).unwrap();
    assert!(matches!(scheduler.trigger("job").await, Err(SchedulerError::NotRunning)));
    assert!(matches!(scheduler.stop().await, Err(SchedulerError::NotRunning)));
    scheduler.start().await.unwrap();
    assert!(matches!(scheduler.start().await, Err(SchedulerError::AlreadyRunning)));
    scheduler.stop().await.unwrap();
    assert!(matches!(scheduler.trigger("job").await, Err(SchedulerError::NotRunning)));
}

#[tokio::test(start_paused = true)]
async fn a_clone_controls_the_same_scheduler() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.start().await.unwrap();
    let handle = scheduler.clone();
    let elsewhere = tokio::spawn({
        let work = noting(&log, SECOND);
        async move {
            handle.manual("job", work)?;
            Ok::<_, SchedulerError>(handle.trigger("job").await?.end().await)
        }
    });
    assert!(elsewhere.await.unwrap().unwrap().is_success());
    assert_eq!(scheduler.status("job").await.unwrap().run_count, 1);
}

#[tokio::test(start_paused = true)]
async fn thousands_of_schedules_are_added_to_a_running_scheduler_and_all_fire() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.start().await.unwrap();
    for number in 0..3_000 {
        scheduler.every_seconds(number.to_string(), noting(&log, Duration::ZERO), 60).unwrap();
    }
    pass(60 * SECOND).await;
    assert_eq!(log.times().len(), 6_000);
}

#[tokio::test(start_paused = true)]
async fn commands_in_a_row_do_not_fire_a_slot_twice() {
    let (rate, delay) = (Log::new(), Log::new());
    let scheduler = Scheduler::new();
    scheduler.start().await.unwrap();
    let allow = |schedule: Schedule| schedule.with_overlap(Overlap::Allow(NonZeroU32::MAX));
    let every = allow(Schedule::every(10 * SECOND).unwrap());
    let after = allow(Schedule::every_after(10 * SECOND).unwrap());
    scheduler.add("rate", noting(&rate, 30 * SECOND), every.clone()).unwrap();
    scheduler.add("delay", noting(&delay, 30 * SECOND), after.clone()).unwrap();

    // The driver has no chance to look in between.
    for (id, schedule) in [("rate", every), ("delay", after)] {
        scheduler.update(id, schedule).await.unwrap();
        scheduler.pause(id).await.unwrap();
        scheduler.resume(id).await.unwrap();
    }
    pass(15 * SECOND).await;
    scheduler.pause("delay").await.unwrap();
    scheduler.resume("delay").await.unwrap();
    pass(30 * SECOND).await;

    assert_eq!(seconds(&rate), [0, 10, 20, 30, 40]);
    assert_eq!(seconds(&delay), [0, 40]);
}
