//! What time it is: on the wall, and as it passes.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::trigger::Pace;

/// The clock on the wall. It may be set forward and back, and stands still while a machine sleeps, or jumps after it.
///
/// A scheduler sleeps by tokio's clock, and looks at this one whenever it wakes, at least every
/// [`trusted_for`](Self::trusted_for).
pub trait Clock: Send + Sync + 'static {
    /// The time.
    fn now(&self) -> Timestamp;

    /// For how long it may be taken to go as fast as tokio's clock; half a minute unless said otherwise. `None`: for
    /// ever, because it is tokio's.
    fn trusted_for(&self) -> Option<Duration> {
        Some(Duration::from_secs(30))
    }
}

/// The system's clock.
///
/// Under tokio's paused clock it goes with that: from the time at which it was made, by the time that tokio says has
/// passed. So a test of a year takes milliseconds.
#[derive(Debug)]
pub struct SystemClock {
    made: Reading,
    seen: Mutex<Seen>,
}

/// The three clocks, read together.
#[derive(Clone, Copy, Debug)]
struct Reading {
    /// The machine's, before and after the other two: else a pause in between would look like a clock that was set.
    before: std::time::Instant,
    system: SystemTime,
    tokio: Instant,
    after: std::time::Instant,
}

#[derive(Debug)]
struct Seen {
    /// How far the system's clock was set since this one was made.
    set_by: SignedDuration,
    /// Whether tokio's clock was found to go another way than that of the machine.
    is_virtual: bool,
}

/// By so much the clocks of a machine may differ without any of them having been set.
const NOISE: SignedDuration = SignedDuration::from_millis(1);
/// By so much tokio's clock never differs from that of the machine, unless it is paused.
const PAUSED: SignedDuration = SignedDuration::from_millis(50);

impl Reading {
    fn now() -> Self {
        let mut reading = Self::once();
        for _ in 0..10 {
            if reading.is_sharp() {
                break;
            }
            reading = Self::once();
        }
        reading
    }

    fn once() -> Self {
        let before = std::time::Instant::now();
        let (system, tokio) = (SystemTime::now(), Instant::now());
        Self { before, system, tokio, after: std::time::Instant::now() }
    }

    /// Whether nothing came between.
    fn is_sharp(&self) -> bool {
        signed(self.after - self.before) < NOISE
    }
}

impl SystemClock {
    /// A clock that shows the system's time.
    #[must_use]
    pub fn new() -> Self {
        let seen = Seen { set_by: SignedDuration::ZERO, is_virtual: false };
        Self { made: Reading::now(), seen: Mutex::new(seen) }
    }

    fn look(&self) -> (Timestamp, bool) {
        let (made, now) = (self.made, Reading::now());
        let by_tokio = signed(now.tokio.saturating_duration_since(made.tokio));
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.is_virtual {
            let (least, most) = (signed(now.before - made.after), signed(now.after - made.before));
            seen.is_virtual = by_tokio < least - PAUSED || by_tokio > most + PAUSED;
            let set_by = since(now.system, made.system) - least;
            if now.is_sharp() && !seen.is_virtual && (set_by - seen.set_by).abs() > NOISE + NOISE {
                seen.set_by = set_by;
            }
        }
        let start = Timestamp::try_from(made.system).unwrap_or(Timestamp::UNIX_EPOCH);
        (start.saturating_add(by_tokio + seen.set_by).unwrap_or(Timestamp::MAX), seen.is_virtual)
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        self.look().0
    }

    fn trusted_for(&self) -> Option<Duration> {
        (!self.look().1).then_some(Duration::from_secs(30))
    }
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

fn since(later: SystemTime, earlier: SystemTime) -> SignedDuration {
    match later.duration_since(earlier) {
        Ok(passed) => signed(passed),
        Err(back) => -signed(back.duration()),
    }
}

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
