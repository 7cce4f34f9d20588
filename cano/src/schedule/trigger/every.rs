use std::{fmt, num::NonZeroU64, time::Duration};

use jiff::Timestamp;

use super::{Pace, Trigger};
use crate::schedule::error::SchedulerError;

/// Fires at a fixed rate: at the start, and then at each multiple of the interval after it.
///
/// However long a run takes, the slots stay on this grid.
///
/// ```
/// use std::time::Duration;
/// use cano::schedule::{Every, Timestamp, Trigger};
///
/// let every = Every::new(Duration::from_secs(90))?;
/// let start: Timestamp = "2026-01-01T00:00:00Z".parse()?;
/// let after: Timestamp = "2026-01-01T00:02:00Z".parse()?;
/// assert_eq!(every.next(after, start), Some("2026-01-01T00:03:00Z".parse()?));
/// assert_eq!(every.to_string(), "every 1m 30s");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Every(Interval);

/// Fires after a fixed delay: at the start, and then when the delay has passed after the end of each run.
///
/// ```
/// use std::time::Duration;
/// use cano::schedule::{EveryAfter, Schedule};
///
/// let poll = Schedule::new(EveryAfter::new(Duration::from_secs(30))?);
/// assert_eq!(poll.to_string(), "30s after each run");
/// # Ok::<(), cano::schedule::SchedulerError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EveryAfter(Interval);

/// In nanoseconds, so at most 584 years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Interval(NonZeroU64);

impl Every {
    /// # Errors
    ///
    /// [`SchedulerError::Interval`] for an interval of zero, or of more than 584 years.
    pub fn new(interval: Duration) -> Result<Self, SchedulerError> {
        Interval::new(interval).map(Self)
    }
}

impl EveryAfter {
    /// # Errors
    ///
    /// [`SchedulerError::Interval`] for a delay of zero, or of more than 584 years.
    pub fn new(delay: Duration) -> Result<Self, SchedulerError> {
        Interval::new(delay).map(Self)
    }
}

impl Interval {
    fn new(interval: Duration) -> Result<Self, SchedulerError> {
        let nanos = u64::try_from(interval.as_nanos()).ok().and_then(NonZeroU64::new);
        nanos.map(Self).ok_or(SchedulerError::Interval { interval })
    }

    fn nanos(self) -> i128 {
        i128::from(self.0.get())
    }

    /// How many points of the grid there are up to and with `until`.
    fn points(self, until: Timestamp, start: Timestamp) -> i128 {
        let passed = until.as_nanosecond() - start.as_nanosecond();
        if passed < 0 { 0 } else { passed / self.nanos() + 1 }
    }
}

impl Trigger for Every {
    fn next(&self, after: Timestamp, start: Timestamp) -> Option<Timestamp> {
        let nanos = self.0.points(after, start) * self.0.nanos();
        Timestamp::from_nanosecond(start.as_nanosecond() + nanos).ok()
    }

    fn pace(&self) -> Pace {
        Pace::Steady
    }

    fn count(&self, after: Timestamp, until: Timestamp, start: Timestamp) -> u64 {
        u64::try_from(self.0.points(until, start) - self.0.points(after, start)).unwrap_or(0)
    }
}

impl Trigger for EveryAfter {
    fn next(&self, after: Timestamp, start: Timestamp) -> Option<Timestamp> {
        if after < start {
            return Some(start);
        }
        Timestamp::from_nanosecond(after.as_nanosecond() + self.0.nanos()).ok()
    }

    fn pace(&self) -> Pace {
        Pace::AfterRun
    }

    fn count(&self, after: Timestamp, until: Timestamp, start: Timestamp) -> u64 {
        // The next one depends on a run's end, so there is never more than one at a time.
        self.next(after, start).is_some_and(|slot| slot <= until).into()
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "every {}", self.0)
    }
}

impl fmt::Display for EveryAfter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} after each run", self.0)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SECOND: u64 = 1_000_000_000;
        const UNITS: [(&str, u64); 7] = [
            ("d", 86_400 * SECOND),
            ("h", 3_600 * SECOND),
            ("m", 60 * SECOND),
            ("s", SECOND),
            ("ms", 1_000_000),
            ("µs", 1_000),
            ("ns", 1),
        ];
        let mut left = self.0.get();
        let mut space = "";
        for (unit, nanos) in UNITS {
            let count = left / nanos;
            left %= nanos;
            if count > 0 {
                write!(f, "{space}{count}{unit}")?;
                space = " ";
            }
        }
        Ok(())
    }
}
