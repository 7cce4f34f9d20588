use std::time::{Duration, SystemTime};

use super::RunEnding;

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
        /// How.
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
    /// The schedule is paused.
    Paused,
}

impl SkipReason {
    /// A word for it: `overlap`, `backoff` or `paused`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Overlap => "overlap",
            Self::Backoff => "backoff",
            Self::Paused => "paused",
        }
    }
}
