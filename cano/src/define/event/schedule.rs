use std::time::{Duration, SystemTime};

use super::RunEnding;
use crate::define::error::CanoError;

/// What happened to a schedule.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum ScheduleEvent<'a> {
    /// A run was started.
    Fired {
        /// The nominal time; `None` if it was triggered by hand.
        slot: Option<SystemTime>,
        /// How long after the slot, or the request, the run began.
        lag: Duration,
    },
    /// A slot, or a trigger by hand, did not start a run.
    Skipped {
        /// The nominal time; `None` if it was triggered by hand.
        slot: Option<SystemTime>,
        /// Why.
        reason: SkipReason,
    },
    /// Slots could not be fired when they were due, and are not caught up.
    Missed {
        /// How many.
        slots: u64,
    },
    /// A run of the schedule ended.
    RunEnded {
        /// The nominal time; `None` if it was triggered by hand.
        slot: Option<SystemTime>,
        /// How it ended. The name of an exit is empty here; the run's own
        /// [`RunEnded`](crate::EventKind::RunEnded) has it.
        end: RunEnding<'a>,
        /// How long it took.
        duration: Duration,
    },
    /// It was paused.
    Paused,
    /// It was resumed.
    Resumed,
    /// So many runs in a row failed that it was paused.
    Tripped {
        /// How many runs failed in a row.
        failures: u32,
    },
    /// Its trigger panicked, so it does not fire any more.
    TriggerPanicked {
        /// The panic.
        error: &'a CanoError,
    },
    /// The wall clock panicked. Until it works again, time passes by tokio's clock.
    ClockPanicked {
        /// The panic.
        error: &'a CanoError,
    },
    /// The wall clock was set forward or back.
    ClockJumped {
        /// By how much.
        by: Duration,
        /// Whether it was set back.
        is_back: bool,
    },
}

/// Why a slot did not start a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// An earlier run of the schedule was still under way.
    Overlap,
    /// The schedule holds back after failed runs.
    Backoff,
    /// The schedule was paused while it waited for its turn.
    Paused,
    /// The scheduler was stopped, or the schedule removed, while it waited for its turn.
    Stopped,
}

impl SkipReason {
    /// A word for it, as for a label: `overlap`, `backoff`, `paused` or `stopped`.
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
