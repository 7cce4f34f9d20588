//! The whole log of a scheduler, as a person reads it.

use std::num::NonZeroU32;

use cano::prelude::*;

use super::{SECOND, Watch, hours, pass};
use crate::{
    log::Busy,
    observe::traced::{Written, assert_log},
};

struct Books {
    are_closed: bool,
}

#[task]
async fn balance(store: &Books) -> Result<(), Busy> {
    if store.are_closed { Err(Busy(7)) } else { Ok(()) }
}

workflow! {
    #[store(Books)]
    enum Accounts {
        #[start] Balance = balance >> Balanced,
        #[exit] Balanced,
    }
}

#[tokio::test(start_paused = true)]
async fn of_scheduled_runs() {
    let (written, _guard) = Written::begin("info");
    let clock = Watch::at("2026-01-01T00:00:00Z");
    let scheduler = Scheduler::with_clock(clock.clone());
    let hourly = Schedule::cron("0 0 * * * *").unwrap().with_trip_after(NonZeroU32::new(1).unwrap());
    let runs = Accounts::workflow().with_store(|slot| Books { are_closed: slot.started() != slot.time() });
    scheduler.add("hourly", runs, hourly).unwrap();
    scheduler.start().await.unwrap();

    pass(Duration::ZERO).await;
    clock.set_by(hours(3));
    pass(31 * SECOND).await;
    scheduler.resume("hourly").await.unwrap();
    scheduler.pause("hourly").await.unwrap();
    scheduler.stop().await.unwrap();

    assert_log(
        &written,
        r#"
        INFO Schedule fired schedule="hourly" slot=2026-01-01T00:00:00Z lag=0ns
        INFO workflow: Starting workflow orchestration workflow=Accounts start=Balance
        INFO workflow:task_execution{state=Balance}:run_with_retries{max_attempts=1}: Starting task execution with retry logic task=balance
        INFO workflow:task_execution{state=Balance}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}: Task execution successful duration=0ns
        INFO workflow: Workflow completed successfully exit=Balanced duration=0ns
        INFO Scheduled run completed schedule="hourly" slot=2026-01-01T00:00:00Z duration=0ns
        WARN Clock was set by=10800s way="forward"
        WARN Slots missed schedule="hourly" slots=2
        INFO Schedule fired schedule="hourly" slot=2026-01-01T03:00:00Z lag=30s
        INFO workflow: Starting workflow orchestration workflow=Accounts start=Balance
        INFO workflow:task_execution{state=Balance}:run_with_retries{max_attempts=1}: Starting task execution with retry logic task=balance
        ERROR workflow:task_execution{state=Balance}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}: Task execution failed after its last attempt attempts=1 error=workflow `Accounts`, state `Balance`: task `balance` failed after 1 attempt: busy 7
        ERROR workflow: Workflow failed error=workflow `Accounts`, state `Balance`: task `balance` failed after 1 attempt: busy 7 duration=0ns
        ERROR Scheduled run failed schedule="hourly" slot=2026-01-01T03:00:00Z end="failed" error=workflow `Accounts`, state `Balance`: task `balance` failed after 1 attempt: busy 7 duration=0ns
        ERROR Schedule paused after failures schedule="hourly" failures=1
        INFO Schedule resumed schedule="hourly"
        INFO Schedule paused schedule="hourly"
        "#,
    );
}
