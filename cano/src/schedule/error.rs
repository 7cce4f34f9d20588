use std::{error::Error, fmt, time::Duration};

use super::trigger::CronError;
use crate::define::error::CanoError;

/// Why a [`Scheduler`](super::Scheduler) refused a call. The variants differ in what the caller can do about them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SchedulerError {
    /// There is no schedule with this id.
    UnknownId {
        /// The id.
        id: String,
    },
    /// There already is a schedule with this id: take another id, or update or remove that schedule.
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A cron expression is wrong.
    Cron(CronError),
    /// An interval is zero, or longer than a trigger can count.
    Interval {
        /// The interval.
        interval: Duration,
    },
    /// A schedule has no slot from now on, and is not a manual one.
    NeverFires {
        /// The id.
        id: String,
        /// The trigger in words.
        trigger: String,
    },
    /// The overlap policy refuses one more run: wait until one under way has ended.
    Overlap {
        /// The id.
        id: String,
    },
    /// The scheduler was not started, or was stopped.
    NotRunning,
    /// The scheduler is running already.
    AlreadyRunning,
    /// The scheduler is being stopped.
    Stopping,
}

impl fmt::Display for SchedulerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownId { id } => write!(f, "there is no schedule `{id}`: add it, or look at `list()`"),
            Self::DuplicateId { id } => {
                write!(f, "there is a schedule `{id}` already: take another id, or `update` or `remove` it")
            }
            Self::Cron(error) => error.fmt(f),
            Self::Interval { interval } if interval.is_zero() => {
                f.write_str("an interval of zero never passes: take at least a nanosecond")
            }
            Self::Interval { interval } => {
                write!(f, "an interval of {} s is too long: take at most 584 years", interval.as_secs())
            }
            Self::NeverFires { id, trigger } => write!(
                f,
                "schedule `{id}` never fires: {trigger} has no slot from now on; make it a manual one, or remove its bounds"
            ),
            Self::Overlap { id } => write!(
                f,
                "schedule `{id}` has a run under way: wait for its end, or give it another overlap policy"
            ),
            Self::NotRunning => f.write_str("the scheduler is not running: call `start` first"),
            Self::AlreadyRunning => f.write_str("the scheduler is running already: call `stop` first"),
            Self::Stopping => {
                f.write_str("the scheduler is being stopped: await `stop`, then `start` it again")
            }
        }
    }
}

impl Error for SchedulerError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Cron(error) => Some(error),
            _ => None,
        }
    }
}

impl From<CronError> for SchedulerError {
    fn from(error: CronError) -> Self {
        Self::Cron(error)
    }
}

impl From<SchedulerError> for CanoError {
    fn from(error: SchedulerError) -> Self {
        Self::permanent(error)
    }
}

impl From<CronError> for CanoError {
    fn from(error: CronError) -> Self {
        Self::permanent(error)
    }
}
