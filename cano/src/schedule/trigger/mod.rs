//! When a schedule fires: values with one pure function.

mod cron;
mod every;
mod manual;

use std::fmt::{Debug, Display};

use jiff::Timestamp;

pub use self::{
    cron::{Cron, CronError, CronField},
    every::{Every, EveryAfter},
    manual::Manual,
};

/// Says when a schedule fires: it computes the next slot after an instant. It reads no clock and keeps no state.
///
/// `{}` describes it in words.
///
/// ```
/// use cano::schedule::{Timestamp, Trigger};
///
/// /// Each time the count of seconds since 1970 doubles.
/// #[derive(Debug)]
/// struct Doubling;
///
/// impl std::fmt::Display for Doubling {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         f.write_str("at each power of two, in seconds since 1970")
///     }
/// }
///
/// impl Trigger for Doubling {
///     fn next(&self, after: Timestamp, _start: Timestamp) -> Option<Timestamp> {
///         let seconds = u64::try_from(after.as_second() + 1).ok()?.checked_next_power_of_two()?;
///         Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
///     }
/// }
///
/// let after: Timestamp = "2026-01-01T00:00:00Z".parse()?;
/// assert_eq!(Doubling.next(after, after).map(|slot| slot.to_string()).as_deref(), Some("2038-01-19T03:14:08Z"));
/// # Ok::<(), jiff::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say when a schedule fires",
    label = "expected a trigger",
    note = "write `Cron::new(\"0 9 * * *\")?`, `Every::new(interval)?` or `Manual`; a `Schedule` has rules as well"
)]
pub trait Trigger: Display + Debug + Send + Sync + 'static {
    /// The first slot later than `after`; `None` if there is none.
    ///
    /// `start` is when the schedule began; intervals are counted from it. The same arguments must always return the
    /// same slot, and the slot must be later than `after`; a trigger that breaks this has no further slots.
    /// Slots end in April 2262, with the nanoseconds that 64 bits can count.
    fn next(&self, after: Timestamp, start: Timestamp) -> Option<Timestamp>;

    /// What the slots go by; by default [`Pace::Wall`].
    fn pace(&self) -> Pace {
        Pace::Wall
    }

    /// The number of slots after `after`, up to and including `until`. Counting ends at a million.
    fn count(&self, after: Timestamp, until: Timestamp, start: Timestamp) -> u64 {
        let slots = std::iter::successors(self.next(after, start), |slot| self.next(*slot, start));
        slots.take_while(|slot| *slot <= until).take(1_000_000).fold(0, |count, _| count + 1)
    }
}

/// What the slots of a [`Trigger`] go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Pace {
    /// The wall clock, which may be set forward and back.
    Wall,
    /// Steady time: if the wall clock is set back, the slots still keep their distance.
    Steady,
    /// Steady time, where each slot is counted from the end of the run before it.
    AfterRun,
    /// Nothing, since there are no slots.
    ByHand,
}
