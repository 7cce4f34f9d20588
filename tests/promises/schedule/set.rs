//! A clock that is set, and a machine that slept.

use std::{collections::BTreeSet, num::NonZeroU32};

use cano::{
    prelude::*,
    schedule::{CatchUp, Timestamp},
};
use jiff::SignedDuration;
use proptest::{
    collection::vec,
    test_runner::{Config, RngSeed, TestRunner},
};

use super::{SECOND, Watch, hours, noting, pass, slots, time};
use crate::log::Log;

const MINUTE: Duration = Duration::from_secs(60);

/// An hourly run from 8:30 on; at 8:40 the machine sleeps until 11:40.
async fn after_a_sleep(catch_up: CatchUp) -> (Vec<Timestamp>, FlowInfo) {
    let (log, watch) = (Log::new(), Watch::at("2026-01-01T08:30:00Z"));
    let scheduler = Scheduler::with_clock(watch.clone());
    let schedule = Schedule::cron("0 0 * * * *").expect("an expression").with_catch_up(catch_up);
    // The overlap policy would skip what is caught up at once.
    let schedule = schedule.with_overlap(cano::schedule::Overlap::BufferAll(NonZeroU32::MAX));
    scheduler.add("hourly", noting(&log, SECOND), schedule).expect("a new id");
    scheduler.start().await.expect("a new scheduler");
    pass(10 * MINUTE).await;
    watch.set_by(hours(3));
    pass(25 * MINUTE).await;
    (slots(&log), scheduler.status("hourly").await.expect("it was added"))
}

#[tokio::test(start_paused = true)]
async fn after_a_sleep_the_latest_slot_is_caught_up_once() {
    let (slots, info) = after_a_sleep(CatchUp::Once).await;
    assert_eq!(slots, ["2026-01-01T11:00:00Z", "2026-01-01T12:00:00Z"].map(time));
    assert_eq!(info.missed, 2);
}

#[tokio::test(start_paused = true)]
async fn after_a_sleep_slots_are_skipped_if_so_asked() {
    let (slots, info) = after_a_sleep(CatchUp::Skip).await;
    assert_eq!(slots, ["2026-01-01T12:00:00Z"].map(time));
    assert_eq!(info.missed, 3);
}

#[tokio::test(start_paused = true)]
async fn after_a_sleep_so_many_slots_are_caught_up_as_asked() {
    let (slots, info) = after_a_sleep(CatchUp::All(NonZeroU32::new(2).unwrap())).await;
    assert_eq!(slots, ["2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z", "2026-01-01T12:00:00Z"].map(time));
    assert_eq!(info.missed, 1);
    let (slots, info) = after_a_sleep(CatchUp::All(NonZeroU32::new(9).unwrap())).await;
    assert_eq!((slots.len(), info.missed), (4, 0));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_forward_is_noticed_within_half_a_minute() {
    let (log, watch) = (Log::new(), Watch::at("2026-01-01T08:00:00Z"));
    let scheduler = Scheduler::with_clock(watch.clone());
    scheduler.cron("nine", noting(&log, SECOND), "0 0 9 * * *").unwrap();
    scheduler.start().await.unwrap();
    pass(MINUTE).await;

    watch.set_by(hours(1));
    pass(31 * SECOND).await;

    assert_eq!(slots(&log), [time("2026-01-01T09:00:00Z")]);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_back_fires_no_slot_twice() {
    let (log, watch) = (Log::new(), Watch::at("2026-01-01T08:59:00Z"));
    let scheduler = Scheduler::with_clock(watch.clone());
    scheduler.cron("nine", noting(&log, SECOND), "0 0 9 * * *").unwrap();
    scheduler.start().await.unwrap();
    pass(5 * MINUTE).await;

    watch.set_by(hours(-1));
    pass(25 * 60 * MINUTE).await;

    assert_eq!(slots(&log), ["2026-01-01T09:00:00Z", "2026-01-02T09:00:00Z"].map(time));
}

#[tokio::test(start_paused = true)]
async fn a_schedule_whose_slots_were_leapt_over_fires_them_when_the_clock_is_put_right() {
    let (log, watch) = (Log::new(), Watch::at("2026-01-01T08:30:00Z"));
    let scheduler = Scheduler::with_clock(watch.clone());
    let morning = Schedule::cron("0 0 * * * *").unwrap().with_not_after(time("2026-01-01T11:00:00Z"));
    scheduler.add("morning", noting(&log, SECOND), morning.with_catch_up(CatchUp::Skip)).unwrap();
    scheduler.start().await.unwrap();
    pass(MINUTE).await;

    watch.set_by(hours(24));
    pass(5 * MINUTE).await;
    assert_eq!(scheduler.status("morning").await.unwrap().next_run, None);
    watch.set_by(hours(-24));
    pass(3 * 60 * MINUTE).await;

    assert_eq!(
        slots(&log),
        ["2026-01-01T09:00:00Z", "2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z"].map(time)
    );
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_back_does_not_stop_an_interval() {
    let (log, watch) = (Log::new(), Watch::at("2026-01-01T09:00:00Z"));
    let scheduler = Scheduler::with_clock(watch.clone());
    scheduler.every_seconds("beat", noting(&log, SECOND), 10).unwrap();
    scheduler.start().await.unwrap();
    pass(15 * SECOND).await;

    watch.set_by(hours(-1));
    pass(30 * SECOND).await;

    assert_eq!(log.times().iter().map(Duration::as_secs).collect::<Vec<_>>(), [0, 10, 20, 30, 40]);
    let slots = slots(&log);
    assert!(slots.windows(2).all(|pair| pair[1].duration_since(pair[0]).unsigned_abs() == 10 * SECOND));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_was_wrong_by_years_and_is_put_right_does_not_silence_a_schedule() {
    let (log, watch) = (Log::new(), Watch::at("2026-01-01T08:00:00Z"));
    let scheduler = Scheduler::with_clock(watch.clone());
    scheduler.cron("hourly", noting(&log, SECOND), "0 30 * * * *").unwrap();
    scheduler.start().await.unwrap();
    pass(60 * MINUTE).await;

    watch.set_by(hours(4 * 8_766));
    pass(60 * MINUTE).await;
    watch.set_by(hours(-4 * 8_766));
    pass(120 * MINUTE).await;

    let days: Vec<_> = slots(&log).iter().map(|slot| slot.to_string()[..16].to_owned()).collect();
    // Once at half past eight, the latest one and another of the wrong year, then at half past ten and eleven.
    assert_eq!(
        days,
        ["2026-01-01T08:30", "2030-01-01T08:30", "2030-01-01T09:30", "2026-01-01T10:30", "2026-01-01T11:30"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_wrong_by_months_every_now_and_then_does_not_silence_a_schedule() {
    let (log, watch) = (Log::new(), Watch::at("2026-01-01T08:00:00Z"));
    let scheduler = Scheduler::with_clock(watch.clone());
    scheduler.cron("each minute", noting(&log, SECOND), "0 * * * * *").unwrap();
    scheduler.start().await.unwrap();
    let months = hours(24 * 60);
    for _ in 0..10 {
        pass(2 * MINUTE).await;
        watch.set_by(months);
        pass(2 * MINUTE).await;
        watch.set_by(-months);
    }
    pass(MINUTE).await;
    let before = log.times().len();

    pass(10 * MINUTE).await;

    assert_eq!(log.times().len() - before, 10);
    let fired: BTreeSet<_> = slots(&log).into_iter().collect();
    assert_eq!(fired.len(), log.times().len(), "no slot fired twice");
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_stands_still_stops_neither_intervals_nor_the_scheduler() {
    struct Stuck;
    impl cano::schedule::Clock for Stuck {
        fn now(&self) -> Timestamp {
            time("2026-01-01T00:00:00Z")
        }
    }
    let log = Log::new();
    let scheduler = Scheduler::with_clock(Stuck);
    scheduler.every_seconds("beat", noting(&log, Duration::ZERO), 10).unwrap();
    scheduler.start().await.unwrap();
    pass(30 * SECOND).await;
    assert!(log.times().len() >= 3, "{:?}", log.times());
    scheduler.stop().await.unwrap();
}

#[test]
fn however_a_clock_is_set_no_slot_is_fired_twice() {
    let config =
        Config { cases: 24, rng_seed: RngSeed::Fixed(23), failure_persistence: None, ..Config::default() };
    // Minutes to let pass, and by how many the clock is set then.
    let steps = vec((1_u32..90, -200_i64..200), 1..12);
    let result = TestRunner::new(config).run(&steps, |steps| {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
        runtime.block_on(async {
            let (log, watch) = (Log::new(), Watch::at("2026-01-01T00:00:00Z"));
            let scheduler = Scheduler::with_clock(watch.clone());
            for (id, catch_up) in
                [("once", CatchUp::Once), ("skip", CatchUp::Skip), ("all", CatchUp::All(NonZeroU32::MAX))]
            {
                let schedule = Schedule::cron("0 */20 * * * *").unwrap().with_catch_up(catch_up);
                let schedule = schedule.with_overlap(cano::schedule::Overlap::Allow(NonZeroU32::MAX));
                let schedule = schedule.with_history(10_000);
                scheduler.add(id, noting(&log, Duration::ZERO), schedule).unwrap();
            }
            scheduler.start().await.unwrap();
            for (minutes, set_by) in steps {
                pass(minutes * MINUTE).await;
                watch.set_by(SignedDuration::from_mins(set_by));
            }
            // In the end every schedule is alive.
            let before = scheduler.status("once").await.unwrap().run_count;
            pass(60 * 24 * MINUTE).await;
            assert!(scheduler.status("once").await.unwrap().run_count > before + 35);
            for id in ["once", "skip", "all"] {
                let slots: Vec<_> = scheduler.history(id).await.unwrap().iter().map(|run| run.slot).collect();
                let different: BTreeSet<_> = slots.iter().collect();
                assert_eq!(different.len(), slots.len(), "{id}: {slots:?}");
            }
        });
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}
