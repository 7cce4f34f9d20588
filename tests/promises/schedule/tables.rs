//! Tables that say themselves when they run.

use cano::{
    TableSchedule,
    prelude::*,
    schedule::{CronError, SchedulerError},
};

use super::{SECOND, Watch, pass, slots, time};
use crate::log::Log;

#[task]
async fn tally(store: &Tally) -> CanoResult<()> {
    store.log.note(store.slot);
    Ok(())
}

struct Tally {
    log: Log,
    slot: cano::schedule::Timestamp,
}

workflow! {
    #[store(Tally)]
    #[schedule("0 9 * * 1-5", zone = "Europe/Berlin")]
    enum Counting {
        #[start] Count = tally >> Counted,
        #[exit] Counted,
    }
}

#[task]
async fn nothing() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[schedule("30 0 * * * *")]
    enum InUtc {
        #[start] Begin = nothing >> Done,
        #[exit] Done,
    }
}

workflow! {
    #[schedule("@daily", zone = "Mars/Olympus_Mons")]
    enum OnMars {
        #[start] Begin = nothing >> Done,
        #[exit] Done,
    }
}

workflow! {
    enum Unscheduled {
        #[start] Begin = nothing >> Done,
        #[exit] Done,
    }
}

#[tokio::test(start_paused = true)]
async fn a_table_runs_by_its_own_schedule_in_its_own_zone() {
    let log = Log::new();
    // A Friday.
    let scheduler = Scheduler::with_clock(Watch::at("2026-03-27T00:00:00Z"));
    let noted = log.clone();
    let workflow =
        Counting::workflow().with_store(move |slot| Tally { log: noted.clone(), slot: slot.time() });
    scheduler.scheduled("counting", workflow).unwrap();
    scheduler.scheduled("in utc", InUtc::workflow()).unwrap();

    scheduler.start().await.unwrap();
    pass(4 * 86_400 * SECOND).await;

    // The clocks were set forward between the two.
    assert_eq!(slots(&log), [time("2026-03-27T08:00:00Z"), time("2026-03-30T07:00:00Z")]);
    let info = scheduler.status("counting").await.unwrap();
    assert_eq!(info.schedule.to_string(), "at 09:00 on Monday to Friday, Europe/Berlin (crontab)");
    assert_eq!(scheduler.status("in utc").await.unwrap().run_count, 4 * 24);
}

#[test]
fn a_tables_schedule_is_data() {
    let said =
        |table: &cano::Table| table.schedule().map(|own: TableSchedule| (own.expression(), own.zone()));
    assert_eq!(said(Counting::TABLE), Some(("0 9 * * 1-5", Some("Europe/Berlin"))));
    assert_eq!(said(InUtc::TABLE), Some(("30 0 * * * *", None)));
    assert_eq!(said(Unscheduled::TABLE), None);
}

#[test]
fn a_zone_that_nobody_knows_is_an_error_when_the_table_is_added() {
    let error = Scheduler::new().scheduled("mars", OnMars::workflow()).unwrap_err();
    assert!(matches!(&error, SchedulerError::Cron(CronError::UnknownZone { .. })));
    assert!(error.to_string().contains("Mars/Olympus_Mons"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn rules_can_be_added_to_a_tables_own_schedule() {
    let scheduler = Scheduler::with_clock(Watch::at("2026-01-01T00:00:00Z"));
    let schedule = Schedule::of::<InUtc>().unwrap().with_limit(std::num::NonZeroU64::MIN);
    scheduler.add("once", InUtc::workflow(), schedule).unwrap();

    scheduler.start().await.unwrap();
    pass(86_400 * SECOND).await;

    assert_eq!(scheduler.status("once").await.unwrap().run_count, 1);
}
