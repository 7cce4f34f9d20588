//! Runs of workflows at their times.

mod error;
mod trigger;

pub use jiff::{Timestamp, tz::TimeZone};

pub use self::{
    error::SchedulerError,
    trigger::{Cron, CronError, CronField, Every, EveryAfter, Manual, Pace, Trigger},
};
