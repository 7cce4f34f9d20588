//! The scheduler: when schedules fire, and what becomes of their runs.

mod api;
mod bounds;
mod clock;
mod clock_panics;
mod control;
mod cron;
mod events;
mod extremes;
mod failures;
mod guests;
mod log;
mod measured;
mod observers;
mod oracle;
mod overlap;
mod races;
mod rate;
mod set;
mod stop;
mod stops;
mod tables;
mod words;
mod zones;

use cano::{
    prelude::*,
    schedule::{Clock, Runnable, Slot, Timestamp},
};
use jiff::SignedDuration;
use std::sync::{Arc, Mutex};
use tokio::time::Instant;

use crate::log::Log;

/// A second.
const SECOND: Duration = Duration::from_secs(1);

/// What a run of [`noting`] shares with its test.
struct Job {
    log: Log,
    slot: Slot,
    takes: Duration,
}

/// Notes its slot, and takes its time.
struct Work;

#[async_trait]
impl Task<&'static str, Job> for Work {
    fn config(&self) -> TaskConfig {
        TaskConfig::minimal()
    }

    async fn run(&self, job: &Job) -> CanoResult<&'static str> {
        job.log.note(job.slot.time());
        tokio::time::sleep(job.takes).await;
        Ok("done")
    }
}

/// A workflow whose runs take so long, and note their slots when they start.
fn noting(log: &Log, takes: Duration) -> impl Runnable + use<> {
    let mut workflow = Workflow::new("work");
    workflow.register("work", Work).add_exit_state("done");
    let log = log.clone();
    workflow.with_store(move |slot| Job { log: log.clone(), slot: slot.clone(), takes })
}

/// A workflow whose runs end as the closure says.
fn ending(end: impl Fn() -> CanoResult<()> + Send + Sync + 'static) -> Workflow<&'static str> {
    struct Ending<F>(F);

    #[async_trait]
    impl<F: Fn() -> CanoResult<()> + Send + Sync> Task<&'static str> for Ending<F> {
        fn config(&self) -> TaskConfig {
            TaskConfig::minimal()
        }

        async fn run(&self, _: &MemoryStore) -> CanoResult<&'static str> {
            (self.0)().map(|()| "done")
        }
    }

    let mut workflow = Workflow::new("work");
    workflow.register("work", Ending(end)).add_exit_state("done");
    workflow
}

/// A clock that goes with tokio's, and can be set.
#[derive(Clone)]
struct Watch(Arc<Mutex<(Timestamp, Instant)>>);

impl Watch {
    fn at(time: &str) -> Self {
        Self(Arc::new(Mutex::new((self::time(time), Instant::now()))))
    }

    fn set_by(&self, by: SignedDuration) {
        self.0.lock().expect("nothing panics under this lock").0 += by;
    }
}

impl Clock for Watch {
    fn now(&self) -> Timestamp {
        let (began, instant) = *self.0.lock().expect("nothing panics under this lock");
        began + signed(instant.elapsed())
    }
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// The slots that were noted.
fn slots(log: &Log) -> Vec<Timestamp> {
    log.lines().iter().map(|line| time(line)).collect()
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).expect("a test is short")
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// Lets what is due happen, up to and with the end of `duration`.
async fn pass(duration: Duration) {
    tokio::time::sleep(duration).await;
    // A millisecond more, so that what falls on the end has happened.
    tokio::time::sleep(Duration::from_millis(1)).await;
}
