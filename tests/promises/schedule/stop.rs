//! How a scheduler ends.

use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use cano::{
    BoxFuture, RunOptions,
    prelude::*,
    schedule::{Overlap, RunEnd, Runnable, SchedulerError, Slot},
};
use tokio::time::Instant;

use super::{SECOND, noting, pass};
use crate::log::Log;

/// Notes its start and its end, and does not care for its token.
struct Stubborn(Log);

impl Runnable for Stubborn {
    fn run(self: Arc<Self>, _: Slot, _: RunOptions) -> BoxFuture<'static, CanoResult<()>> {
        let log = self.0.clone();
        Box::pin(async move {
            let _end = log.on_drop("dropped");
            log.note("started");
            pending().await
        })
    }
}

#[tokio::test(start_paused = true)]
async fn stop_waits_for_the_runs_under_way_and_fires_nothing_more() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_seconds("job", noting(&log, 7 * SECOND), 10).unwrap();
    scheduler.start().await.unwrap();
    pass(11 * SECOND).await;

    let began = Instant::now();
    let report = scheduler.stop().await.unwrap();

    assert_eq!(began.elapsed().as_secs(), 5);
    assert_eq!(
        (report.completed, report.cancelled, report.aborted),
        (vec!["job".to_owned()], vec![], vec![])
    );
    pass(60 * SECOND).await;
    assert_eq!(log.times().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn after_its_patience_stop_cancels() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_seconds("short", noting(&log, SECOND), 60).unwrap();
    scheduler.every_seconds("long", noting(&log, 600 * SECOND), 60).unwrap();
    scheduler.start().await.unwrap();
    pass(Duration::ZERO).await;

    let report = scheduler.stop_with_timeout(10 * SECOND).await.unwrap();

    assert_eq!((report.completed, report.cancelled), (vec!["short".to_owned()], vec!["long".to_owned()]));
    assert_eq!(scheduler.status("long").await.unwrap().status, Status::Cancelled);
    assert!(log.times().len() == 2 && report.aborted.is_empty());
}

#[tokio::test(start_paused = true)]
async fn stop_waits_half_a_minute_before_it_cancels_and_5_seconds_before_it_drops() {
    let scheduler = Scheduler::new();
    scheduler.manual("long", noting(&Log::new(), 600 * SECOND)).unwrap();
    scheduler.manual("stubborn", Stubborn(Log::new())).unwrap();
    for (id, waits) in [("long", 30), ("stubborn", 35)] {
        scheduler.start().await.unwrap();
        scheduler.trigger(id).await.unwrap();
        let began = Instant::now();
        scheduler.stop().await.unwrap();
        assert_eq!(began.elapsed().as_secs(), waits, "{id}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_ignores_its_cancellation_is_dropped_before_stop_returns() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.manual("stubborn", Stubborn(log.clone())).unwrap();
    scheduler.start().await.unwrap();
    let run = scheduler.trigger("stubborn").await.unwrap();

    let report = scheduler.stop_with_timeout(SECOND).await.unwrap();

    assert_eq!(log.lines(), ["started", "dropped"]);
    assert_eq!(
        (report.completed.len(), report.cancelled.len(), report.aborted),
        (0, 0, vec!["stubborn".to_owned()])
    );
    assert!(matches!(run.end().await, RunEnd::Aborted));
}

/// How many undos that never end are under way.
static UNDOING: AtomicUsize = AtomicUsize::new(0);

struct Undoing;

impl Drop for Undoing {
    fn drop(&mut self) {
        UNDOING.fetch_sub(1, Relaxed);
    }
}

#[task]
async fn done() -> CanoResult<()> {
    Ok(())
}

#[task]
async fn never() -> CanoResult<()> {
    pending().await
}

#[task]
async fn undo_for_ever() -> CanoResult<()> {
    UNDOING.fetch_add(1, Relaxed);
    let _undoing = Undoing;
    pending().await
}

workflow! {
    enum Undone {
        #[start]
        #[undo(undo_for_ever)]
        Begin = done >> Wait,
        Wait = never >> End,
        #[exit] End,
    }
}

#[tokio::test(start_paused = true)]
async fn the_instances_of_a_run_that_is_dropped_have_all_ended_when_stop_returns() {
    let scheduler = Scheduler::new();
    scheduler.manual_concurrent("many", Undone::workflow(), 500, WaitStrategy::WaitForever).unwrap();
    scheduler.start().await.unwrap();
    let run = scheduler.trigger("many").await.unwrap();
    pass(SECOND).await;
    let stopping = tokio::spawn({
        let scheduler = scheduler.clone();
        async move { scheduler.stop_with_timeout(SECOND).await }
    });
    pass(2 * SECOND).await;
    assert_eq!(UNDOING.load(Relaxed), 500, "they were told to end, and do not");

    let report = stopping.await.unwrap().unwrap();

    assert_eq!(UNDOING.load(Relaxed), 0);
    assert_eq!(report.aborted, ["many"]);
    assert!(matches!(run.end().await, RunEnd::Aborted));
}

#[tokio::test(start_paused = true)]
async fn a_trigger_that_was_accepted_before_stop_runs_to_its_end() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    let schedule = Schedule::manual().with_overlap(Overlap::BufferOne);
    scheduler.add("job", noting(&log, SECOND), schedule).unwrap();
    scheduler.start().await.unwrap();
    let first = scheduler.trigger("job").await.unwrap();
    let waiting = scheduler.trigger("job").await.unwrap();

    let report = scheduler.stop().await.unwrap();

    assert_eq!((log.times().len(), report.completed.len()), (2, 2));
    assert!(first.end().await.is_success() && waiting.end().await.is_success());
    pass(60 * SECOND).await;
    assert_eq!(log.times().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_trigger_whose_turn_does_not_come_before_the_cancellation_is_cancelled() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    let schedule = Schedule::manual().with_overlap(Overlap::BufferOne);
    scheduler.add("job", noting(&log, 600 * SECOND), schedule).unwrap();
    scheduler.start().await.unwrap();
    let first = scheduler.trigger("job").await.unwrap();
    let waiting = scheduler.trigger("job").await.unwrap();
    pass(Duration::ZERO).await;

    scheduler.stop().await.unwrap();

    assert!(matches!(first.end().await, RunEnd::Cancelled));
    assert!(matches!(waiting.end().await, RunEnd::Cancelled));
    assert_eq!(log.times().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_trigger_during_stop_is_refused() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_seconds("job", noting(&log, 5 * SECOND), 60).unwrap();
    scheduler.manual("other", noting(&log, SECOND)).unwrap();
    scheduler.start().await.unwrap();
    pass(SECOND).await;

    let stopping = tokio::spawn({
        let scheduler = scheduler.clone();
        async move { scheduler.stop().await }
    });
    pass(SECOND).await;
    assert!(matches!(scheduler.trigger("other").await, Err(SchedulerError::Stopping)));
    assert!(matches!(scheduler.start().await, Err(SchedulerError::Stopping)));
    stopping.await.unwrap().unwrap();
    assert_eq!(log.times().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_stop_that_is_dropped_is_gone_on_with_by_the_next() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_seconds("job", noting(&log, 5 * SECOND), 1).unwrap();
    scheduler.start().await.unwrap();
    pass(Duration::ZERO).await;
    assert!(tokio::time::timeout(SECOND, scheduler.stop()).await.is_err());

    assert_eq!(scheduler.stop().await.unwrap().completed, ["job"]);
    assert_eq!(log.times().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn start_after_stop_works_and_replays_nothing() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_seconds("rate", noting(&log, Duration::ZERO), 10).unwrap();
    scheduler.cron("hourly", noting(&log, Duration::ZERO), "0 0 * * * *").unwrap();
    scheduler.start().await.unwrap();
    pass(5 * SECOND).await;
    scheduler.stop().await.unwrap();
    let before = scheduler.status("hourly").await.unwrap();

    pass(6 * 3_600 * SECOND).await;
    scheduler.start().await.unwrap();
    pass(5 * SECOND).await;

    let info = scheduler.status("rate").await.unwrap();
    assert_eq!((info.run_count, info.missed), (2, 0));
    let after = scheduler.status("hourly").await.unwrap();
    assert_eq!((after.run_count, after.missed), (before.run_count, 0));
}

#[tokio::test(start_paused = true)]
async fn a_scheduler_that_is_dropped_without_stop_drops_its_runs_and_fires_nothing_more() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.manual("stubborn", Stubborn(log.clone())).unwrap();
    scheduler.every_seconds("job", noting(&log, Duration::ZERO), 10).unwrap();
    scheduler.start().await.unwrap();
    let run = scheduler.trigger("stubborn").await.unwrap();
    pass(SECOND).await;
    let handle = scheduler.clone();
    drop(scheduler);
    pass(10 * SECOND).await;
    assert_eq!(log.times().len(), 3, "a clone keeps it");

    drop(handle);
    pass(60 * SECOND).await;

    assert_eq!(log.lines().last().map(String::as_str), Some("dropped"));
    assert_eq!(log.times().len(), 4);
    assert!(matches!(run.end().await, RunEnd::Aborted));
}

#[test]
fn a_runtime_that_goes_away_takes_the_runs_with_it_and_the_scheduler_can_be_stopped() {
    let runtime =
        || tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let first = runtime();
    let (scheduler, log) = first.block_on(async {
        let (scheduler, log) = (Scheduler::new(), Log::new());
        scheduler.every_seconds("job", noting(&log, 600 * SECOND), 10).unwrap();
        scheduler.start().await.unwrap();
        pass(SECOND).await;
        (scheduler, log)
    });
    drop(first);

    let report = runtime().block_on(scheduler.stop()).unwrap();
    assert!(report.completed.is_empty());
    assert_eq!(log.times().len(), 1);
    runtime().block_on(async {
        assert_eq!(scheduler.status("job").await.unwrap().cancelled, 1);
        scheduler.start().await.unwrap();
        pass(SECOND).await;
        assert_eq!(scheduler.status("job").await.unwrap().run_count, 2);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_was_accepted_before_stop_has_ended_when_it_returns_and_nothing_starts_later() {
    for _ in 0..50 {
        let log = Log::new();
        let scheduler = Scheduler::new();
        let allow = Overlap::Allow(std::num::NonZeroU32::MAX);
        scheduler.add("job", noting(&log, Duration::ZERO), Schedule::manual().with_overlap(allow)).unwrap();
        scheduler.every("often", noting(&log, Duration::ZERO), Duration::from_millis(1)).unwrap();
        scheduler.start().await.unwrap();
        let callers: Vec<_> = (0..4)
            .map(|_| {
                let scheduler = scheduler.clone();
                tokio::spawn(async move {
                    let mut accepted = Vec::new();
                    loop {
                        match scheduler.trigger("job").await {
                            Ok(run) => accepted.push(run),
                            Err(SchedulerError::Stopping | SchedulerError::NotRunning) => return accepted,
                            Err(error) => panic!("{error}"),
                        }
                        tokio::task::yield_now().await;
                    }
                })
            })
            .collect();
        while log.times().len() < 20 {
            tokio::task::yield_now().await;
        }

        scheduler.stop().await.unwrap();

        let started = log.times().len();
        let infos = scheduler.list().await;
        assert!(infos.iter().all(|info| info.running == 0 && info.run_count == info.successes));
        let mut accepted = 0;
        for caller in callers {
            for run in caller.await.unwrap() {
                assert!(run.end().await.is_success());
                accepted += 1;
            }
        }
        assert_eq!(scheduler.status("job").await.unwrap().run_count, accepted);
        assert_eq!(log.times().len(), started);
    }
}
