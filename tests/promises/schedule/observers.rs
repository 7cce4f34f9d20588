//! How the observers of a scheduler are told.

use std::{
    num::NonZeroU32,
    pin::pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
};

use cano::{Event, EventKind, RunId, ScheduleEvent, prelude::*, schedule::Overlap};
use tokio::sync::oneshot;

use super::{SECOND, ending, events::observed, noting, pass};
use crate::log::Log;

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
