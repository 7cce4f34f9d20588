//! A year in milliseconds, and time zones as runs see them.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use cano::{
    prelude::*,
    schedule::{Clock, Cron, Timestamp},
};
use jiff::tz::TimeZone;
use tokio::time::Instant;

use super::{SECOND, Watch, noting, pass, signed, slots, time};
use crate::log::Log;

/// From a time on, as tokio's clock goes.
struct Virtual(Timestamp, Instant);

impl Clock for Virtual {
    fn now(&self) -> Timestamp {
        self.0 + signed(self.1.elapsed())
    }

    fn trusted_for(&self) -> Option<Duration> {
        None
    }
}

/// Counts how often it is looked at.
struct Counted(Watch, Arc<AtomicUsize>);

impl Clock for Counted {
    fn now(&self) -> Timestamp {
        self.1.fetch_add(1, Relaxed);
        self.0.now()
    }
}

#[tokio::test(start_paused = true)]
async fn an_idle_scheduler_does_not_poll() {
    let looks = Arc::new(AtomicUsize::new(0));
    let clock = Counted(Watch::at("2026-01-01T00:00:00Z"), Arc::clone(&looks));
    let scheduler = Scheduler::with_clock(clock);
    scheduler.manual("by hand", noting(&Log::new(), SECOND)).unwrap();
    scheduler.start().await.unwrap();
    pass(SECOND).await;
    let before = looks.load(Relaxed);
    pass(30 * DAY).await;
    assert_eq!(looks.load(Relaxed), before, "nothing can become due");

    scheduler.cron("yearly", noting(&Log::new(), SECOND), "0 0 0 1 1 *").unwrap();
    pass(SECOND).await;
    let before = looks.load(Relaxed);
    pass(DAY).await;
    // Two readings each half a minute, because the clock on the wall may be set.
    assert_eq!(looks.load(Relaxed) - before, 2 * 2 * 24 * 60);
}

const DAY: Duration = Duration::from_secs(86_400);

#[tokio::test(start_paused = true)]
async fn a_year_of_a_daily_run_in_berlin_has_365_slots_at_the_same_local_time() {
    let log = Log::new();
    let scheduler = Scheduler::with_clock(Virtual(time("2026-01-01T00:00:00+01:00"), Instant::now()));
    let nine = Cron::new("0 0 9 * * *").unwrap().in_zone("Europe/Berlin").unwrap();
    scheduler.add("daily", noting(&log, SECOND), nine).unwrap();

    scheduler.start().await.unwrap();
    pass(365 * DAY).await;

    let slots = slots(&log);
    assert_eq!(slots.len(), 365);
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    assert!(slots.iter().all(|slot| zone.to_datetime(*slot).hour() == 9));
    assert!(slots.contains(&time("2026-03-28T08:00:00Z")) && slots.contains(&time("2026-03-29T07:00:00Z")));
    assert!(slots.contains(&time("2026-10-24T07:00:00Z")) && slots.contains(&time("2026-10-25T08:00:00Z")));
}

#[tokio::test(start_paused = true)]
async fn the_systems_clock_goes_with_a_paused_one_so_a_year_takes_milliseconds() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    let nine = Cron::new("0 0 9 * * *").unwrap().in_zone("Europe/Berlin").unwrap();
    scheduler.add("daily", noting(&log, SECOND), nine).unwrap();
    scheduler.start().await.unwrap();

    let began = std::time::Instant::now();
    pass(365 * DAY).await;

    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let (slots, took) = (slots(&log), began.elapsed());
    assert!((365..=366).contains(&slots.len()), "{}", slots.len());
    assert!(slots.iter().all(|slot| zone.to_datetime(*slot).hour() == 9));
    // A look at the clock every half a minute would be a million.
    assert!(took < 5 * SECOND, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn in_a_skipped_hour_a_run_comes_at_the_first_instant_after_it() {
    let log = Log::new();
    let scheduler = Scheduler::with_clock(Watch::at("2026-03-28T12:00:00Z"));
    let half_past_two = Cron::new("0 30 2 * * *").unwrap().in_zone("Europe/Berlin").unwrap();
    scheduler.add("job", noting(&log, SECOND), half_past_two).unwrap();
    scheduler.start().await.unwrap();
    pass(2 * DAY).await;
    assert_eq!(slots(&log), [time("2026-03-29T03:00:00+02:00"), time("2026-03-30T02:30:00+02:00")]);
}

#[tokio::test(start_paused = true)]
async fn in_a_repeated_hour_a_run_comes_once_and_a_wildcard_follows_the_clock() {
    let (once, quarters) = (Log::new(), Log::new());
    let scheduler = Scheduler::with_clock(Watch::at("2026-10-24T22:30:00Z"));
    let in_berlin = |expression| Cron::new(expression).unwrap().in_zone("Europe/Berlin").unwrap();
    scheduler.add("once", noting(&once, SECOND), in_berlin("0 30 2 * * *")).unwrap();
    scheduler.add("quarters", noting(&quarters, SECOND), in_berlin("0 */15 * * * *")).unwrap();
    scheduler.start().await.unwrap();
    pass(4 * 3_600 * SECOND).await;
    assert_eq!(slots(&once), [time("2026-10-25T02:30:00+02:00")]);
    // From half past midnight to half past three, with an hour twice: both ends included.
    assert_eq!(slots(&quarters).len(), 17);
}

#[tokio::test(start_paused = true)]
async fn the_next_slots_of_a_schedule_can_be_read() {
    let scheduler = Scheduler::with_clock(Watch::at("2026-01-01T00:00:00Z"));
    scheduler.cron("job", noting(&Log::new(), SECOND), "0 0 12 31 * *").unwrap();
    scheduler.start().await.unwrap();

    let expected = ["2026-01-31T12:00:00Z", "2026-03-31T12:00:00Z", "2026-05-31T12:00:00Z"].map(time);
    assert_eq!(scheduler.next_fires("job", 3).await.unwrap(), expected);
    assert_eq!(scheduler.status("job").await.unwrap().next_run, Some(expected[0]));
}
