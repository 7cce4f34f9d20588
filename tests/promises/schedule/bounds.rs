//! Rules that leave slots out, or move them within their gap.

use std::num::NonZeroU64;

use cano::{
    prelude::*,
    schedule::{CatchUp, SchedulerError},
};

use super::{SECOND, Watch, noting, pass, slots, time};
use crate::log::Log;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn nothing_fires_before_and_after_the_bounds() {
    let log = Log::new();
    let scheduler = Scheduler::with_clock(Watch::at("2026-01-01T00:00:00Z"));
    let bounded = Schedule::every(MINUTE)
        .unwrap()
        .with_not_before(time("2026-01-01T00:05:30Z"))
        .with_not_after(time("2026-01-01T00:07:30Z"));
    scheduler.add("job", noting(&log, SECOND), bounded).unwrap();
    scheduler.start().await.unwrap();
    pass(20 * MINUTE).await;
    assert_eq!(
        slots(&log),
        ["2026-01-01T00:05:30Z", "2026-01-01T00:06:30Z", "2026-01-01T00:07:30Z"].map(time)
    );
    assert_eq!(scheduler.status("job").await.unwrap().next_run, None);
}

#[tokio::test(start_paused = true)]
async fn a_limit_counts_the_slots_that_were_fired() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    let limited = Schedule::every(MINUTE).unwrap().with_limit(NonZeroU64::new(3).unwrap());
    scheduler.add("job", noting(&log, SECOND), limited).unwrap();
    assert_eq!(scheduler.next_fires("job", 10).await.unwrap().len(), 3);
    scheduler.start().await.unwrap();
    pass(2 * SECOND).await;
    scheduler.trigger("job").await.unwrap();
    pass(20 * MINUTE).await;
    assert_eq!(log.times().len(), 4, "three slots, and one by hand");
}

#[tokio::test(start_paused = true)]
async fn jitter_delays_a_run_and_leaves_its_slot_and_the_grid() {
    let log = Log::new();
    let scheduler = Scheduler::with_clock(Watch::at("2026-01-01T00:00:00Z"));
    // More than there is room for: it ends before the next slot.
    let schedule = Schedule::every(MINUTE).unwrap().with_jitter(5 * MINUTE);
    scheduler.add("job", noting(&log, Duration::ZERO), schedule).unwrap();
    scheduler.start().await.unwrap();
    pass(100 * MINUTE).await;

    let (starts, slots) = (log.times(), slots(&log));
    assert!((99..=101).contains(&starts.len()), "{}", starts.len());
    for (number, (start, slot)) in starts.iter().zip(&slots).enumerate() {
        let nominal = MINUTE * u32::try_from(number).unwrap();
        assert_eq!(slot.duration_since(time("2026-01-01T00:00:00Z")).unsigned_abs(), nominal);
        assert!(nominal <= *start && *start <= nominal + MINUTE, "{start:?}");
    }
    let delays = starts.iter().enumerate().map(|(n, start)| *start - MINUTE * u32::try_from(n).unwrap());
    let late = delays.filter(|delay| *delay > 30 * SECOND).count();
    assert!((20..=80).contains(&late), "{late}");
}

#[tokio::test(start_paused = true)]
async fn a_run_that_jitter_delays_is_not_missed() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    let schedule =
        Schedule::every(60 * MINUTE).unwrap().with_jitter(60 * MINUTE).with_catch_up(CatchUp::Skip);
    scheduler.add("job", noting(&log, Duration::ZERO), schedule).unwrap();
    scheduler.start().await.unwrap();
    pass(60 * 24 * MINUTE).await;
    let info = scheduler.status("job").await.unwrap();
    assert_eq!((log.times().len(), info.missed), (24, 0));
}

#[tokio::test(start_paused = true)]
async fn a_schedule_without_a_slot_from_now_on_is_refused() {
    let scheduler = Scheduler::with_clock(Watch::at("2026-01-01T00:00:00Z"));
    let work = || noting(&Log::new(), SECOND);
    let over = scheduler.cron("job", work(), "0 0 0 1 1 * 2025");
    assert!(matches!(&over, Err(SchedulerError::NeverFires { id, .. }) if id == "job"));
    let message = over.unwrap_err().to_string();
    assert!(message.contains("at 00:00 on day 1 of the month in January of 2025, UTC"), "{message}");
    assert!(message.contains("`0 0 0 1 1 * 2025`"), "it quotes the expression: {message}");
    let ended = Schedule::every(MINUTE).unwrap().with_not_after(time("2025-01-01T00:00:00Z"));
    assert!(matches!(scheduler.add("job", work(), ended), Err(SchedulerError::NeverFires { .. })));
    let never = scheduler.cron("job", work(), "0 0 0 31 2 *");
    assert!(matches!(never, Err(SchedulerError::Cron(_))));
    assert!(scheduler.list().await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_slot_whose_jitter_ends_with_its_gap_is_fired_late_and_the_next_one_keeps_its_own_jitter() {
    // The timer knows milliseconds: every tenth of these slots is looked at when the next one has begun.
    let interval = Duration::from_millis(10);
    let log = Log::new();
    let scheduler = Scheduler::with_clock(Watch::at("2026-01-01T00:00:00Z"));
    let schedule = Schedule::every(interval).unwrap().with_jitter(interval);
    scheduler.add("job", noting(&log, Duration::ZERO), schedule).unwrap();
    scheduler.start().await.unwrap();
    pass(500 * interval).await;
    let info = scheduler.status("job").await.unwrap();
    assert_eq!((info.missed, info.skipped), (0, 0));
    let undelayed =
        log.times().into_iter().zip(slots(&log)).filter(|(start, slot)| {
            *start == slot.duration_since(time("2026-01-01T00:00:00Z")).unsigned_abs()
        });
    assert!(undelayed.count() < 5, "jitter delays nearly every slot");
}
