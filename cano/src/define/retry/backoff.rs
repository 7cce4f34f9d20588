//! A backoff is an iterator of delays: no clock, no future (the idea is that of the `backon` crate).

use std::{fmt, sync::Arc, time::Duration};

type BoxedDelays = Box<dyn Iterator<Item = Duration> + Send>;

#[derive(Clone)]
pub(super) enum Backoff {
    Fixed(Duration),
    Exponential(Exponential),
    Custom(Arc<dyn Fn() -> BoxedDelays + Send + Sync>),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Exponential {
    pub(super) base: Duration,
    pub(super) max: Duration,
    pub(super) jitter: f64,
}

impl Exponential {
    pub(super) const DEFAULT: Self =
        Self { base: Duration::from_millis(100), max: Duration::from_secs(30), jitter: 0.1 };

    /// The delay before retry number `n`, counted from 0; `random` is in `0.0..1.0`.
    fn delay(&self, n: u32, random: f64) -> Duration {
        let plain = doubled(self.base, n, self.max);
        let factor = 1.0 + self.jitter * (2.0 * random - 1.0);
        // A product too large for a duration is above any cap; one too small for it is no reason not to wait.
        let jittered = Duration::try_from_secs_f64(plain.as_secs_f64() * factor).unwrap_or(self.max);
        jittered.max(plain.min(Duration::from_nanos(1))).min(self.max)
    }
}

/// `first`, doubled so many times, or `longest` if that is shorter.
pub(crate) fn doubled(first: Duration, times: u32, longest: Duration) -> Duration {
    // After so many even a nanosecond is the longest duration there is.
    (0..times.min(94)).fold(first, |delay, _| delay.saturating_mul(2)).min(longest)
}

impl Backoff {
    pub(super) fn custom<I>(delays: impl Fn() -> I + Send + Sync + 'static) -> Self
    where
        I: Iterator<Item = Duration> + Send + 'static,
    {
        Self::Custom(Arc::new(move || Box::new(delays())))
    }
}

impl fmt::Debug for Backoff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(delay) => f.debug_tuple("Fixed").field(delay).finish(),
            Self::Exponential(backoff) => backoff.fmt(f),
            Self::Custom(_) => f.write_str("Custom"),
        }
    }
}

/// The delays before the retries of one task in one visit of its state.
pub(crate) struct Delays {
    left: u32,
    made: u32,
    rule: Rule,
}

enum Rule {
    Fixed(Duration),
    Exponential(Exponential, fastrand::Rng),
    Custom(BoxedDelays),
}

impl Delays {
    pub(super) fn new(retries: u32, backoff: &Backoff, seed: Option<u64>) -> Self {
        let rule = match backoff {
            Backoff::Fixed(delay) => Rule::Fixed(*delay),
            Backoff::Exponential(backoff) => {
                Rule::Exponential(*backoff, seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed))
            }
            Backoff::Custom(delays) => Rule::Custom(delays()),
        };
        Self { left: retries, made: 0, rule }
    }
}

impl Iterator for Delays {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        self.left = self.left.checked_sub(1)?;
        let n = self.made;
        self.made = n.saturating_add(1);
        match &mut self.rule {
            Rule::Fixed(delay) => Some(*delay),
            Rule::Exponential(backoff, random) => Some(backoff.delay(n, random.f64())),
            Rule::Custom(delays) => delays.next(),
        }
    }
}
