//! Runs of workflows at their times: [`Scheduler`].
//!
//! A [`Trigger`] says when: [`Every`], [`EveryAfter`], [`Cron`] in a time zone, [`Manual`], or one of your own. A
//! [`Schedule`] adds the rules: what happens to a slot while a run is under way ([`Overlap`]), to slots that nothing
//! could fire ([`CatchUp`]), after failures. A [`Runnable`] is what is run: a workflow, with what its runs begin with.
//!
//! Every run has a nominal time, its slot. The slots follow from the trigger alone: neither a long run, nor a failure,
//! nor a trigger by hand moves them, and a slot fires at most once, even if the clock is set back.
//!
//! Triggers are values and know no clock; how far a schedule has come is a value, too. One task drives them all: it
//! sleeps until the first slot, spawns runs, and never awaits one.

mod clock;
mod concurrent;
mod contained;
mod course;
mod driver;
mod entry;
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

pub use jiff::{Timestamp, tz::TimeZone};

pub use self::{
    clock::{Clock, SystemClock},
    concurrent::Concurrent,
    error::SchedulerError,
    info::{FlowInfo, Status},
    record::{EndedRun, RunEnd},
    rules::{CatchUp, Overlap, Schedule},
    runnable::{Lends, NewStore, OfTable, Runnable, Slot, WithInputs},
    scheduler::{RunHandle, Scheduler},
    stop::StopReport,
    trigger::{Cron, CronError, CronField, Every, EveryAfter, Manual, Pace, Trigger},
};
