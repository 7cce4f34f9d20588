//! A clock that panics.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use cano::{
    Event,
    prelude::*,
    schedule::{Clock, RunEnd, Timestamp},
};

use super::{SECOND, Watch, ending, noting, pass, slots, time};
use crate::log::Log;

/// A watch that panics while it is broken, also if it is asked for how long it may be trusted.
#[derive(Clone)]
struct Fragile {
    watch: Watch,
    is_broken: Arc<AtomicBool>,
}

impl Fragile {
    fn at(time: &str) -> Self {
        Self { watch: Watch::at(time), is_broken: Arc::default() }
    }

    fn set_broken(&self, is_broken: bool) {
        self.is_broken.store(is_broken, Relaxed);
    }

    fn panic_if_broken(&self) {
        assert!(!self.is_broken.load(Relaxed), "the spring is gone");
    }
}

impl Clock for Fragile {
    fn now(&self) -> Timestamp {
        self.panic_if_broken();
        self.watch.now()
    }

    fn trusted_for(&self) -> Option<Duration> {
        self.panic_if_broken();
        Some(30 * SECOND)
    }
}

#[tokio::test(start_paused = true)]
async fn schedules_go_on_by_tokios_clock_and_nothing_is_lost() {
    let (log, clock) = (Log::new(), Fragile::at("2026-01-01T08:59:00Z"));
    let scheduler = Scheduler::with_clock(clock.clone());
    scheduler.every_seconds("rate", noting(&Log::new(), 15 * SECOND), 60).unwrap();
    scheduler.cron("nine", noting(&log, SECOND), "0 0 9 * * *").unwrap();
    scheduler.manual("by hand", noting(&Log::new(), SECOND)).unwrap();
    scheduler.start().await.unwrap();
    pass(SECOND).await;

    clock.set_broken(true);
    pass(299 * SECOND).await;

    assert_eq!(slots(&log), [time("2026-01-01T09:00:00Z")]);
    let rate = scheduler.status("rate").await.unwrap();
    assert_eq!((rate.run_count, rate.successes, rate.running), (6, 5, 1));
    let run = scheduler.trigger("by hand").await.unwrap();
    assert!(run.end().await.is_success());
    assert_eq!(scheduler.stop().await.unwrap().completed, ["rate"]);
}

#[tokio::test(start_paused = true)]
async fn it_is_told_once_and_a_clock_that_goes_again_is_followed() {
    let (log, clock) = (Log::new(), Fragile::at("2026-01-01T08:00:00Z"));
    let told = Log::new();
    let (noted, fired) = (told.clone(), log.clone());
    let scheduler = Scheduler::with_clock(clock.clone()).with_observer(move |event: &Event<'_>| {
        noted.note(event);
    });
    scheduler.cron("nine", noting(&fired, SECOND), "0 0 9 * * *").unwrap();
    scheduler.start().await.unwrap();
    clock.set_broken(true);
    pass(600 * SECOND).await;
    let lines = told.lines();
    assert!(
        matches!(&lines[..], [line] if line.starts_with("the scheduler goes by tokio's clock: ")
            && line.ends_with("the spring is gone")),
        "{lines:?}"
    );

    clock.watch.set_by(super::hours(1));
    clock.set_broken(false);
    pass(31 * SECOND).await;

    assert_eq!(slots(&log), [time("2026-01-01T09:00:00Z")]);
    assert!(
        told.lines()[1].starts_with("the scheduler saw the clock set forward by 3600"),
        "{:?}",
        told.lines()
    );
}

#[tokio::test(start_paused = true)]
async fn a_scheduler_may_be_dropped_and_its_run_told_of_it() {
    let clock = Fragile::at("2026-01-01T08:00:00Z");
    let scheduler = Scheduler::with_clock(clock.clone());
    scheduler.manual("long", noting(&Log::new(), 600 * SECOND)).unwrap();
    scheduler.manual("fails", ending(|| panic!("a bug"))).unwrap();
    scheduler.start().await.unwrap();
    let long = scheduler.trigger("long").await.unwrap();
    clock.set_broken(true);
    let fails = scheduler.trigger("fails").await.unwrap();
    assert!(matches!(fails.end().await, RunEnd::Failed(CanoError::Panicked(_))));

    drop(scheduler);

    assert!(!long.end().await.is_success());
}
