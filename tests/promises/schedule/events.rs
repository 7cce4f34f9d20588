//! What the observers of a scheduler are told.

use std::{
    num::NonZeroU32,
    sync::{Arc, Mutex},
    time::SystemTime,
};

use cano::{
    Event, EventKind, RunId, ScheduleEvent,
    prelude::*,
    schedule::{Overlap, Timestamp, Trigger},
};

use super::{SECOND, Watch, ending, hours, noting, pass, time};
use crate::log::{Busy, Log};

/// A scheduler whose observer notes each event as a line.
pub(super) fn observed(scheduler: Scheduler) -> (Scheduler, Log) {
    let log = Log::new();
    let told = log.clone();
    let scheduler = scheduler.with_observer(move |event: &Event<'_>| {
        told.note(event);
    });
    (scheduler, log)
}

fn failing() -> Workflow<&'static str> {
    ending(|| Err(CanoError::task_execution(Busy(7))))
}

#[tokio::test(start_paused = true)]
async fn each_slot_is_told_as_fired_or_as_skipped_and_each_run_as_ended() {
    let (scheduler, log) = observed(Scheduler::new());
    scheduler.every_seconds("job", noting(&Log::new(), Duration::from_millis(2_500)), 1).unwrap();

    scheduler.start().await.unwrap();
    pass(3 * SECOND).await;

    assert_eq!(
        log.lines(),
        [
            "schedule `job` fired 0ns after its slot",
            "schedule `job` skipped a slot: overlap",
            "schedule `job` skipped a slot: overlap",
            "schedule `job` ended a run after 2.5s: exit",
            "schedule `job` fired 0ns after its slot",
        ]
    );
    let seconds: Vec<_> = log.times().iter().map(|at| at.as_millis().div_ceil(500) * 500).collect();
    assert_eq!(seconds, [0, 1_000, 2_000, 2_500, 3_000]);
}

#[tokio::test(start_paused = true)]
async fn an_event_has_its_slot_and_its_run() {
    type Seen = (&'static str, Option<SystemTime>, Option<RunId>);
    let seen = Arc::new(Mutex::new(Vec::<Seen>::new()));
    let told = Arc::clone(&seen);
    let scheduler = Scheduler::with_clock(Watch::at("2026-01-01T00:00:00Z"));
    let scheduler = scheduler.with_observer(move |event: &Event<'_>| {
        let EventKind::Schedule { event: schedule, .. } = event.kind else { panic!("{event}") };
        let (what, slot) = match schedule {
            ScheduleEvent::Fired { slot, .. } => ("fired", slot),
            ScheduleEvent::RunEnded { slot, .. } => ("ended", slot),
            _ => panic!("{event}"),
        };
        told.lock().unwrap().push((what, slot, event.run));
    });
    scheduler.every_seconds("job", noting(&Log::new(), SECOND), 60).unwrap();
    scheduler.start().await.unwrap();
    pass(2 * SECOND).await;
    scheduler.trigger("job").await.unwrap().end().await;

    let slot = Some(SystemTime::try_from(time("2026-01-01T00:00:00Z")).unwrap());
    let history = scheduler.history("job").await.unwrap();
    let runs: Vec<_> = history.iter().map(|run| Some(run.run_id)).collect();
    assert_eq!(
        *seen.lock().unwrap(),
        [
            ("fired", slot, runs[0]),
            ("ended", slot, runs[0]),
            ("fired", None, runs[1]),
            ("ended", None, runs[1])
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn failures_back_off_and_trip_with_an_event_each() {
    let (scheduler, log) = observed(Scheduler::new());
    let schedule = Schedule::every(10 * SECOND)
        .unwrap()
        .with_backoff(15 * SECOND, 60 * SECOND)
        .with_trip_after(NonZeroU32::new(2).unwrap());
    scheduler.add("job", failing(), schedule).unwrap();

    scheduler.start().await.unwrap();
    pass(60 * SECOND).await;
    scheduler.resume("job").await.unwrap();
    scheduler.pause("job").await.unwrap();

    assert_eq!(
        log.lines(),
        [
            "schedule `job` fired 0ns after its slot",
            "schedule `job` ended a run after 0ns: failed",
            "schedule `job` skipped a slot: backoff",
            "schedule `job` fired 0ns after its slot",
            "schedule `job` ended a run after 0ns: failed",
            "schedule `job` is paused after 2 failures",
            "schedule `job` goes on",
            "schedule `job` is paused",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_run_that_waits_for_its_turn_and_does_not_get_it_is_told_as_skipped() {
    let (scheduler, log) = observed(Scheduler::new());
    let schedule = || Schedule::every(SECOND).unwrap().with_overlap(Overlap::BufferOne);
    scheduler.add("paused", noting(&Log::new(), 10 * SECOND), schedule()).unwrap();
    scheduler.start().await.unwrap();
    pass(SECOND).await;
    scheduler.pause("paused").await.unwrap();
    scheduler.add("stopped", noting(&Log::new(), 10 * SECOND), schedule()).unwrap();
    pass(SECOND).await;
    scheduler.stop().await.unwrap();

    assert_eq!(log.count("schedule `paused` skipped a slot: paused"), 1);
    assert_eq!(log.count("schedule `stopped` skipped a slot: stopped"), 1);
    assert_eq!(scheduler.status("paused").await.unwrap().skipped, 0);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_is_told_and_the_slots_that_it_leapt_over_as_missed() {
    let clock = Watch::at("2026-01-01T00:30:00Z");
    let (scheduler, log) = observed(Scheduler::with_clock(clock.clone()));
    scheduler.cron("job", noting(&Log::new(), Duration::ZERO), "0 0 * * * *").unwrap();
    scheduler.start().await.unwrap();

    clock.set_by(hours(3));
    pass(60 * SECOND).await;
    clock.set_by(hours(-1));
    pass(60 * SECOND).await;

    let lines = log.lines();
    assert_eq!(lines[0], "the scheduler saw the clock set forward by 10800s");
    assert_eq!(lines[1], "schedule `job` missed 2 slots");
    assert!(lines[2].starts_with("schedule `job` fired 18"), "{}", lines[2]);
    assert_eq!(lines[3], "schedule `job` ended a run after 0ns: exit");
    assert_eq!(lines[4], "the scheduler saw the clock set back by 3600s");
    assert_eq!(lines.len(), 5);
}

#[tokio::test(start_paused = true)]
async fn one_missed_slot_and_one_failure_are_told_in_the_singular() {
    let clock = Watch::at("2026-01-01T00:30:00Z");
    let (scheduler, log) = observed(Scheduler::with_clock(clock.clone()));
    let schedule = Schedule::cron("0 0 * * * *").unwrap().with_trip_after(NonZeroU32::MIN);
    scheduler.add("job", failing(), schedule).unwrap();
    scheduler.start().await.unwrap();

    clock.set_by(hours(2));
    pass(60 * SECOND).await;

    let lines = log.lines();
    assert_eq!(lines[1], "schedule `job` missed 1 slot");
    assert_eq!(lines[4], "schedule `job` is paused after 1 failure");
}

#[tokio::test(start_paused = true)]
async fn a_trigger_that_panics_is_told() {
    #[derive(Debug)]
    struct Broken;

    impl std::fmt::Display for Broken {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("broken")
        }
    }

    impl Trigger for Broken {
        fn next(&self, after: Timestamp, start: Timestamp) -> Option<Timestamp> {
            assert!(after < start + 5 * SECOND, "no such luck");
            Some(after + SECOND)
        }
    }

    let (scheduler, log) = observed(Scheduler::new());
    scheduler.add("job", noting(&Log::new(), Duration::ZERO), Broken).unwrap();
    scheduler.start().await.unwrap();
    pass(60 * SECOND).await;

    let last = log.lines().pop().unwrap();
    assert!(last.starts_with("schedule `job` fires no more: ") && last.ends_with("no such luck"), "{last}");
}

#[tokio::test(start_paused = true)]
async fn a_schedule_that_is_paused_again_or_resumed_again_has_nothing_to_tell() {
    let (scheduler, log) = observed(Scheduler::new());
    scheduler.manual("job", noting(&Log::new(), SECOND)).unwrap();
    for _ in 0..2 {
        scheduler.pause("job").await.unwrap();
    }
    for _ in 0..2 {
        scheduler.resume("job").await.unwrap();
    }
    assert_eq!(log.lines(), ["schedule `job` is paused", "schedule `job` goes on"]);
}
