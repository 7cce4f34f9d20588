//! What time it is: on the wall, and as it passes.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// A wall clock. It may be set forward or back, and may jump after the machine has slept.
///
/// A scheduler sleeps by tokio's clock, and reads this one whenever it wakes, at least every
/// [`trusted_for`](Self::trusted_for). While it panics, time passes by tokio's clock, from where
/// it stood.
pub trait Clock: Send + Sync + 'static {
    /// The present time.
    fn now(&self) -> Timestamp;

    /// For how long it can be assumed to keep pace with tokio's clock; by default 30 s. `None` means for ever, because
    /// it is tokio's.
    fn trusted_for(&self) -> Option<Duration> {
        Some(TRUSTED)
    }
}

pub(super) const TRUSTED: Duration = Duration::from_secs(30);

/// The system's clock.
///
/// If tokio's clock is paused, it follows that one, starting at the time at which it was made. So a test of a whole
/// year takes milliseconds.
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

#[derive(Debug, Default)]
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
        Self { made: Reading::now(), seen: Mutex::default() }
    }

    fn look(&self) -> (Timestamp, bool) {
        let now = Reading::now();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        (seen.take_in(self.made, now), seen.is_virtual)
    }
}

impl Seen {
    /// The time that a new reading shows.
    fn take_in(&mut self, made: Reading, now: Reading) -> Timestamp {
        let by_tokio = signed(now.tokio.saturating_duration_since(made.tokio));
        if !self.is_virtual {
            let (least, most) = (signed(now.before - made.after), signed(now.after - made.before));
            self.is_virtual = by_tokio < least - PAUSED || by_tokio > most + PAUSED;
            let set_by = since(now.system, made.system) - least;
            if now.is_sharp() && !self.is_virtual && (set_by - self.set_by).abs() > NOISE + NOISE {
                self.set_by = set_by;
            }
        }
        let start = Timestamp::try_from(made.system).unwrap_or(Timestamp::UNIX_EPOCH);
        start.saturating_add(by_tokio + self.set_by).unwrap_or(Timestamp::MAX)
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
        (!self.look().1).then_some(TRUSTED)
    }
}

pub(super) fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

fn since(later: SystemTime, earlier: SystemTime) -> SignedDuration {
    match later.duration_since(earlier) {
        Ok(passed) => signed(passed),
        Err(back) => -signed(back.duration()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3_600);
    const SHARP: Duration = Duration::from_micros(1);

    /// A reading by the machine's, the system's and tokio's clock, each so long after that of the first.
    fn reading(first: Reading, machine: Duration, system: Duration, tokio: Duration) -> Reading {
        Reading {
            before: first.before + machine,
            system: first.system + system,
            tokio: first.tokio + tokio,
            after: first.before + machine + SHARP,
        }
    }

    fn first() -> Reading {
        Reading { after: std::time::Instant::now(), ..Reading::now() }
    }

    fn passed(seen: &mut Seen, made: Reading, now: Reading) -> Duration {
        let start = Timestamp::try_from(made.system).unwrap();
        seen.take_in(made, now).duration_since(start).unsigned_abs()
    }

    fn is_about(passed: Duration, expected: Duration) -> bool {
        passed.abs_diff(expected) <= Duration::from_millis(5)
    }

    #[test]
    fn a_clock_that_nobody_sets_goes_with_tokios() {
        let (made, mut seen) = (first(), Seen::default());
        // The system's clock is slowed or hurried by a little all the time.
        let system = HOUR + Duration::from_micros(900);
        assert_eq!(passed(&mut seen, made, reading(made, HOUR, system, HOUR)), HOUR);
    }

    #[test]
    fn a_clock_that_is_set_forward_or_back_is_followed() {
        let (made, mut seen) = (first(), Seen::default());
        assert!(is_about(passed(&mut seen, made, reading(made, HOUR, 4 * HOUR, HOUR)), 4 * HOUR));
        assert!(is_about(passed(&mut seen, made, reading(made, 2 * HOUR, HOUR, 2 * HOUR)), HOUR));
        assert!(!seen.is_virtual);
    }

    #[test]
    fn a_pause_between_the_readings_is_not_taken_for_a_clock_that_was_set() {
        let (made, mut seen) = (first(), Seen::default());
        let sharp = reading(made, HOUR, HOUR + Duration::from_secs(1), HOUR);
        let torn = Reading { after: sharp.after + Duration::from_secs(1), ..sharp };
        assert_eq!(passed(&mut seen, made, torn), HOUR);
    }

    #[test]
    fn under_a_paused_clock_the_systems_clock_is_not_asked_any_more() {
        let (made, mut seen) = (first(), Seen::default());
        let year = 8_766 * HOUR;
        assert_eq!(passed(&mut seen, made, reading(made, SHARP, SHARP, year)), year);
        assert!(seen.is_virtual);
        assert_eq!(passed(&mut seen, made, reading(made, HOUR, 9 * HOUR, 2 * year)), 2 * year);
        // One that stands still is a paused clock, too.
        let mut seen = Seen::default();
        assert_eq!(passed(&mut seen, made, reading(made, HOUR, HOUR, Duration::ZERO)), Duration::ZERO);
        assert!(seen.is_virtual);
    }
}
