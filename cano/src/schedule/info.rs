//! What users read of a schedule.

use std::time::Duration;

use jiff::Timestamp;

use super::rules::Schedule;
use crate::define::error::CanoError;

/// The status of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// It has not run yet.
    Idle,
    /// A run is under way.
    Running,
    /// The last run reached an exit.
    Completed,
    /// The last run failed, with this error.
    Failed(String),
    /// The last run was cancelled, or aborted.
    Cancelled,
    /// It is paused.
    Paused,
    /// So many runs in a row failed that it was paused.
    Tripped,
}

/// The state and the counts of a schedule, as [`Scheduler::status`](super::Scheduler::status) returns them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FlowInfo {
    /// Its id.
    pub id: String,
    /// Its trigger and its rules.
    pub schedule: Schedule,
    /// Its status.
    pub status: Status,
    /// How many runs were started.
    pub run_count: u64,
    /// How many runs reached an exit.
    pub successes: u64,
    /// How many runs failed.
    pub failures: u64,
    /// How many runs were cancelled or aborted.
    pub cancelled: u64,
    /// How many slots could not be fired when they were due, and were not caught up.
    pub missed: u64,
    /// How many slots and triggers by hand the overlap policy skipped.
    pub skipped: u64,
    /// How many slots were left out by the backoff after failed runs.
    pub held_back: u64,
    /// How many runs are under way.
    pub running: usize,
    /// How many runs wait for the one under way to end.
    pub waiting: usize,
    /// When the last run started.
    pub last_run: Option<Timestamp>,
    /// How long the last run that ended took.
    pub last_duration: Option<Duration>,
    /// The error of the last run that failed.
    pub last_error: Option<CanoError>,
    /// The next slot, while the scheduler runs.
    pub next_run: Option<Timestamp>,
}
