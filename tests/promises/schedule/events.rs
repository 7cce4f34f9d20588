//! What the observers of a scheduler are told.

use std::{
    collections::BTreeMap,
    num::NonZeroU32,
    pin::pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    time::SystemTime,
};

use cano::{
    Event, EventKind, Metrics, RunId, ScheduleEvent,
    prelude::*,
    schedule::{Overlap, Timestamp, Trigger},
};
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use tokio::sync::oneshot;

use super::{SECOND, Watch, ending, hours, noting, pass, time};
use crate::log::{Busy, Log};

/// A scheduler whose observer notes each event as a line.
fn observed(scheduler: Scheduler) -> (Scheduler, Log) {
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

#[tokio::test(start_paused = true)]
async fn an_observer_that_panics_harms_neither_the_schedules_nor_the_other_observers() {
    let scheduler = Scheduler::new().with_observer(|_: &Event<'_>| panic!("no such luck"));
    let (scheduler, log) = observed(scheduler);
    scheduler.every_seconds("job", noting(&Log::new(), Duration::ZERO), 10).unwrap();

    scheduler.start().await.unwrap();
    pass(15 * SECOND).await;

    assert_eq!(log.count("schedule `job` fired 0ns after its slot"), 2);
    assert_eq!(log.count("schedule `job` ended a run after 0ns: exit"), 2);
    assert_eq!(log.count("an observer panicked: no such luck"), 4, "it is told of each all the same");
    assert_eq!(scheduler.status("job").await.unwrap().successes, 2);
}

/// What an observer awaits: it is not async itself.
fn at_once<T>(call: impl Future<Output = T>) -> T {
    match pin!(call).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("a call of the scheduler waits for nothing"),
    }
}

#[tokio::test(start_paused = true)]
async fn an_observer_may_call_the_scheduler_and_is_told_of_what_it_did_afterwards() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    let (told, handle) = (log.clone(), scheduler.clone());
    let scheduler = scheduler.with_observer(move |event: &Event<'_>| {
        told.note(event);
        if matches!(event.kind, EventKind::Schedule { event: ScheduleEvent::Fired { .. }, .. }) {
            at_once(handle.pause("job")).unwrap();
            told.note("returns");
        }
    });
    scheduler.every_seconds("job", noting(&Log::new(), SECOND), 10).unwrap();

    scheduler.start().await.unwrap();
    pass(60 * SECOND).await;

    assert_eq!(
        log.lines(),
        [
            "schedule `job` fired 0ns after its slot",
            "returns",
            "schedule `job` is paused",
            "schedule `job` ended a run after 1s: exit",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn an_observer_may_call_the_scheduler_also_when_it_is_told_of_what_it_did_itself() {
    let (log, scheduler) = (Log::new(), Scheduler::new());
    let (told, handle) = (log.clone(), scheduler.clone());
    let scheduler = scheduler.with_observer(move |event: &Event<'_>| {
        told.note(event);
        match event.kind {
            EventKind::Schedule { event: ScheduleEvent::Fired { .. }, .. } => {
                at_once(handle.pause("job")).unwrap()
            }
            EventKind::Schedule { event: ScheduleEvent::Paused, .. } => {
                at_once(handle.resume("job")).unwrap()
            }
            EventKind::Schedule { event: ScheduleEvent::Resumed, .. } => {
                told.note(at_once(handle.list()).len());
            }
            _ => {}
        }
    });
    scheduler.manual("job", ending(|| Ok(()))).unwrap();
    scheduler.start().await.unwrap();

    scheduler.trigger("job").await.unwrap().end().await;

    assert_eq!(
        log.lines(),
        [
            "schedule `job` fired 0ns after its slot",
            "schedule `job` is paused",
            "schedule `job` goes on",
            "1",
            "schedule `job` ended a run after 0ns: exit",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_run_is_told_as_fired_before_it_begins_and_as_ended_before_whoever_awaits_it_goes_on() {
    let (scheduler, log) = observed(Scheduler::new());
    let told = log.clone();
    let run = move || {
        told.note("runs");
        Ok(())
    };
    scheduler.manual("job", ending(run)).unwrap();
    scheduler.start().await.unwrap();

    scheduler.trigger("job").await.unwrap().end().await;
    log.note("awaited");

    assert_eq!(
        log.lines(),
        [
            "schedule `job` fired 0ns after its slot",
            "runs",
            "schedule `job` ended a run after 0ns: exit",
            "awaited",
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn events_of_many_threads_are_told_one_after_the_other_each_once() {
    let (fired, ended) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let (starts, ends) = (Arc::clone(&fired), Arc::clone(&ended));
    let scheduler = Scheduler::new().with_observer(move |event: &Event<'_>| {
        let list = match event.kind {
            EventKind::Schedule { event: ScheduleEvent::Fired { .. }, .. } => &starts,
            _ => &ends,
        };
        list.try_lock().expect("nobody else is told at the same time").push(event.run.unwrap());
    });
    let allow = Schedule::manual().with_overlap(Overlap::Allow(NonZeroU32::MAX));
    scheduler.add("job", noting(&Log::new(), Duration::ZERO), allow).unwrap();
    scheduler.start().await.unwrap();
    let callers: Vec<_> = (0..8)
        .map(|_| {
            let scheduler = scheduler.clone();
            tokio::spawn(async move {
                for _ in 0..50 {
                    scheduler.trigger("job").await.unwrap().end().await;
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
    scheduler.stop().await.unwrap();

    let told = |list: &Mutex<Vec<RunId>>| {
        let mut ids: Vec<_> = list.lock().unwrap().iter().map(ToString::to_string).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    assert_eq!(told(&fired).len(), 400);
    assert_eq!(told(&fired), told(&ended));
}

#[test]
fn the_slots_of_schedules_are_measured() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(async {
            let clock = Watch::at("2026-01-01T00:30:00Z");
            let scheduler = Scheduler::with_clock(clock.clone()).with_observer(Metrics::new());
            scheduler.cron("job", noting(&Log::new(), 90 * 60 * SECOND), "0 0 * * * *").unwrap();
            scheduler.start().await.unwrap();
            clock.set_by(hours(2));
            pass(60 * SECOND).await;
            pass(45 * 60 * SECOND).await;
        });
    });

    let measured: BTreeMap<_, _> = snapshotter
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, _, _, value)| {
            let key = key.key();
            let labels: Vec<_> = key.labels().map(|label| label.value().to_owned()).collect();
            let value = match value {
                DebugValue::Counter(count) => count.to_string(),
                DebugValue::Histogram(values) => format!("{} values", values.len()),
                DebugValue::Gauge(value) => value.to_string(),
            };
            (format!("{} {}", key.name(), labels.join(" ")), value)
        })
        .collect();
    let expected = [
        ("cano_schedule_lag_seconds job", "1 values"),
        ("cano_slots_missed_total job", "1"),
        ("cano_slots_skipped_total job overlap", "1"),
    ];
    assert_eq!(measured, expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
}

#[tokio::test(start_paused = true)]
async fn an_observer_that_is_added_while_it_runs_hears_of_what_follows() {
    let scheduler = Scheduler::new();
    scheduler.every_seconds("job", noting(&Log::new(), Duration::ZERO), 10).unwrap();
    scheduler.start().await.unwrap();
    pass(SECOND).await;

    let (_scheduler, log) = observed(scheduler);
    pass(10 * SECOND).await;

    assert_eq!(log.lines().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_an_observer_holds_is_dropped_with_the_scheduler() {
    let (sender, receiver) = oneshot::channel::<()>();
    let sender = Mutex::new(sender);
    let scheduler = Scheduler::new().with_observer(move |_: &Event<'_>| {
        let _held = &sender;
    });
    scheduler.start().await.unwrap();

    drop(scheduler);
    pass(SECOND).await;

    assert!(receiver.await.is_err());
}
