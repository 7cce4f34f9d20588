//! The times that a scheduler goes by.

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::{
    clock::{Clock, signed},
    trigger::Pace,
};

/// The clock on the wall, and a steady one: that follows it forward, and goes on where it is set back.
///
/// Timers stand on the steady one, so a clock that is set forward needs no other timers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) wall: Timestamp,
    pub(super) steady: Timestamp,
    /// By tokio's clock.
    pub(super) read: Instant,
}

/// A clock that differs by less from what was expected was not set.
const SET: SignedDuration = SignedDuration::from_millis(100);

/// A clock on the wall and tokio's, read together.
pub(super) fn read(clock: &dyn Clock) -> (Timestamp, Instant) {
    for _ in 0..10 {
        let (before, wall, after) = (Instant::now(), clock.now(), Instant::now());
        if signed(after - before) < SET / 2 {
            return (wall, after);
        }
    }
    (clock.now(), Instant::now())
}

impl Times {
    pub(super) fn begin((wall, read): (Timestamp, Instant)) -> Self {
        Self { wall, steady: wall, read }
    }

    /// What is to be read now, if nobody sets the clock on the wall.
    pub(super) fn expected(&self) -> (Timestamp, Instant) {
        let now = Instant::now();
        let passed = signed(now.saturating_duration_since(self.read));
        (self.wall.saturating_add(passed).unwrap_or(Timestamp::MAX), now)
    }

    /// Goes on to a new reading; by how much the clock on the wall was set since the last one, if it was.
    pub(super) fn go_on(&mut self, (wall, read): (Timestamp, Instant)) -> Option<SignedDuration> {
        // Somebody else has read them later.
        let passed = signed(read.checked_duration_since(self.read)?);
        let shown = wall.duration_since(self.wall);
        let set_by = shown - passed;
        let advance = if set_by < -SET { passed } else { shown.max(SignedDuration::ZERO) };
        let steady = self.steady.saturating_add(advance).unwrap_or(Timestamp::MAX);
        *self = Self { wall, steady, read };
        (set_by.abs() > SET).then_some(set_by)
    }

    /// The time that slots of this pace go by.
    pub(super) fn now(&self, pace: Pace) -> Timestamp {
        if pace == Pace::Wall { self.wall } else { self.steady }
    }

    /// A time on the wall as the steady clock will show it.
    pub(super) fn steady_at(&self, wall: Timestamp) -> Timestamp {
        let ahead = self.steady.duration_since(self.wall);
        wall.saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }
}
