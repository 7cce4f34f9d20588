//! The shortest and the longest intervals, and the ends of time.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use cano::{
    prelude::*,
    schedule::{Every, Pace, SchedulerError, Timestamp, Trigger},
};

use super::{SECOND, Watch, noting, pass, slots, time};
use crate::log::Log;

/// Each nanosecond; counts how often it is asked.
#[derive(Debug)]
struct Dense(Every, Arc<AtomicUsize>);

impl fmt::Display for Dense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Trigger for Dense {
    fn next(&self, after: Timestamp, start: Timestamp) -> Option<Timestamp> {
        self.1.fetch_add(1, Relaxed);
        self.0.next(after, start)
    }

    fn pace(&self) -> Pace {
        self.0.pace()
    }

    fn count(&self, after: Timestamp, until: Timestamp, start: Timestamp) -> u64 {
        self.0.count(after, until, start)
    }
}

#[tokio::test(start_paused = true)]
async fn an_interval_of_a_nanosecond_skips_what_is_too_much_without_looking_at_each() {
    let (log, asked) = (Log::new(), Arc::default());
    let scheduler = Scheduler::new();
    let dense = Dense(Every::new(Duration::from_nanos(1)).unwrap(), Arc::clone(&asked));
    scheduler.add("dense", noting(&log, Duration::ZERO), dense).unwrap();
    scheduler.start().await.unwrap();
    pass(Duration::from_millis(100)).await;
    scheduler.stop().await.unwrap();

    let info = scheduler.status("dense").await.unwrap();
    assert!((100..=110).contains(&info.run_count), "a timer of a millisecond wakes it: {}", info.run_count);
    assert!(info.missed > 99_000_000, "{}", info.missed);
    assert!(asked.load(Relaxed) < 10_000, "{asked:?}");
}

#[tokio::test(start_paused = true)]
async fn an_interval_of_centuries_fires_at_the_start_and_then_never() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every("rare", noting(&log, Duration::ZERO), Duration::from_nanos(u64::MAX)).unwrap();
    scheduler.start().await.unwrap();
    pass(3_600 * SECOND).await;

    let info = scheduler.status("rare").await.unwrap();
    assert_eq!((info.run_count, info.missed, info.next_run), (1, 0, None));
}

#[tokio::test(start_paused = true)]
async fn slots_end_in_2262_and_none_fires_twice() {
    let log = Log::new();
    let scheduler = Scheduler::with_clock(Watch::at("2262-04-11T23:47:00Z"));
    scheduler.every_seconds("job", noting(&log, Duration::ZERO), 10).unwrap();
    scheduler.start().await.unwrap();
    pass(3_600 * SECOND).await;

    assert_eq!(slots(&log), ["2262-04-11T23:47:00Z", "2262-04-11T23:47:10Z"].map(time));
}

#[tokio::test(start_paused = true)]
async fn by_a_clock_beyond_2262_a_schedule_is_refused() {
    for at in ["2262-04-12T00:00:00Z", "2300-01-01T00:00:00Z", "9999-12-30T22:00:00Z"] {
        let scheduler = Scheduler::with_clock(Watch::at(at));
        let job = || noting(&Log::new(), Duration::ZERO);
        let refused = [
            scheduler.every("rate", job(), SECOND),
            scheduler.every_after("delay", job(), SECOND),
            scheduler.cron("cron", job(), "* * * * * *"),
        ];
        assert!(refused.iter().all(|end| matches!(end, Err(SchedulerError::NeverFires { .. }))), "{at}");
    }
}

#[test]
fn a_runtime_without_timers_is_refused_at_the_start() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let scheduler = Scheduler::new();
    scheduler.manual("job", noting(&Log::new(), Duration::ZERO)).unwrap();

    let started =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| runtime.block_on(scheduler.start())));

    assert!(started.is_err());
    assert!(matches!(runtime.block_on(scheduler.trigger("job")), Err(SchedulerError::NotRunning)));
}
