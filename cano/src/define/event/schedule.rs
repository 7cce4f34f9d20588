use std::time::{Duration, SystemTime};

use super::RunEnding;
use crate::define::error::CanoError;

/// What happened to a schedule.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum ScheduleEvent<'a> {
    /// A run was started.
    Fired {
        /// The nominal time; `None` where it was triggered by hand.
        slot: Option<SystemTime>,
        /// How long after it the run began.
        lag: Duration,
    },
    /// A slot, or a trigger by hand, started no run.
    Skipped {
        /// The nominal time; `None` where it was triggered by hand.
        slot: Option<SystemTime>,
        /// Why.
        reason: SkipReason,
    },
    /// Nothing could fire so many slots when they were due.
    Missed {
        /// How many.
        slots: u64,
    },
    /// A run that it started ended.
    RunEnded {
        /// The nominal time; `None` where it was triggered by hand.
        slot: Option<SystemTime>,
        /// How; the exit has no name here, the run's own [`RunEnded`](crate::EventKind::RunEnded) says it.
        end: RunEnding<'a>,
        /// How long it took.
        duration: Duration,
    },
    /// It was paused.
    Paused,
    /// It goes on.
    Resumed,
    /// It has failed so often that it was paused.
    Tripped {
        /// How many failures in a row.
        failures: u32,
    },
    /// Its trigger panicked, so it fires no more.
    TriggerPanicked {
        /// The panic.
        error: &'a CanoError,
    },
    /// The wall clock panicked, so time passes by tokio's until it tells the time again.
    ClockPanicked {
        /// The panic.
        error: &'a CanoError,
    },
    /// The wall clock was set.
    ClockJumped {
        /// By how much.
        by: Duration,
        /// Whether it went back.
        is_back: bool,
    },
}

/// Why a slot started no run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// An earlier run of the schedule was still under way.
    Overlap,
    /// The schedule waits after failures.
    Backoff,
    /// The schedule was paused while it waited for its turn.
    Paused,
    /// The scheduler was stopped, or the schedule removed, while it waited for its turn.
    Stopped,
}

impl SkipReason {
    /// A word for it: `overlap`, `backoff`, `paused` or `stopped`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Overlap => "overlap",
            Self::Backoff => "backoff",
            Self::Paused => "paused",
            Self::Stopped => "stopped",
        }
    }
}
