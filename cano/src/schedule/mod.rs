//! Runs of workflows at intervals, by cron expressions, or triggered by hand: [`Scheduler`], which has an example.
//!
//! A schedule consists of three parts:
//!
//! - a [`Trigger`] says when: [`Every`], [`EveryAfter`], [`Cron`] in a time zone, [`Manual`], or a trigger of your own;
//! - a [`Schedule`] adds the rules to a trigger: what happens to a slot while a run is under way ([`Overlap`]), to
//!   slots that could not be fired in time ([`CatchUp`]), and after failed runs;
//! - a [`Runnable`] is what is run: a workflow, together with what its runs begin with.
//!
//! Every run has a nominal time, its slot. The slots depend only on the trigger: neither a long run, nor a failure, nor
//! a trigger by hand moves them. A slot fires at most once, even if the clock is set back. The exception is
//! [`EveryAfter`], whose slots are counted from the end of the run before.
//!
//! A single task drives all schedules. It sleeps until the next slot is due, and spawns each run as a task of its own.
//!
//! Needs the feature `scheduler`.

mod clock;
mod contained;
mod course;
mod driver;
mod entry;
mod epoch;
mod error;
mod info;
mod nanos;
mod record;
mod rules;
mod run;
mod runnable;
mod scheduler;
mod shared;
mod snapshot;
mod state;
mod stop;
mod times;
mod told;
mod trigger;

mod concurrent;

pub use jiff::{Timestamp, tz::TimeZone};

pub use self::{
    clock::{Clock, SystemClock},
    concurrent::Concurrent,
    epoch::StopReport,
    error::SchedulerError,
    info::{FlowInfo, Status},
    record::{EndedRun, RunEnd},
    rules::{CatchUp, Overlap, Schedule},
    runnable::{Lends, NewStore, OfTable, Runnable, Slot, WithInputs},
    scheduler::{RunHandle, Scheduler},
    trigger::{Cron, CronError, CronField, Every, EveryAfter, Manual, Pace, Trigger},
};
