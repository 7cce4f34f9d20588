mod clock;

use std::{fmt, num::NonZeroU32, sync::OnceLock, time::Duration};

use governor::{
    Quota, RateLimiter,
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed},
};
use tokio::time::{Instant, sleep, sleep_until};

use self::clock::{At, TokioClock};
use super::{Admission, Limit, Permit, queue::Queue};
use crate::define::cx::Cx;

type Limiter = RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<At>>;

/// Bounds the rate of attempts, over all the tasks and runs that name it, and spaces them evenly.
///
/// `per_second(10)` admits one attempt every 100 ms, so never more than 10 begin within a second. With a
/// [burst](Self::with_burst) of b, up to b attempts may begin at once after a quieter time. The others wait, first
/// come, first served. Tokio's timer has a resolution of a millisecond; so above 500 attempts per second, those due
/// within 2 ms may begin together. The algorithm is GCRA, as in the `governor` crate.
///
/// Needs the feature `rate-limit`.
///
/// ```
/// use cano::limit::RateLimit;
///
/// static MAILER: RateLimit = RateLimit::per_second(10).with_burst(20);
/// ```
pub struct RateLimit {
    interval: Duration,
    burst: NonZeroU32,
    /// Made on first use, so that a `static` can hold it.
    limiter: OnceLock<Limiter>,
    queue: Queue,
}

impl RateLimit {
    /// At most `attempts` within a second.
    ///
    /// # Panics
    ///
    /// If `attempts` is 0; in a `static` this is a compile error.
    #[must_use]
    pub const fn per_second(attempts: u32) -> Self {
        Self::per(attempts, 1)
    }

    /// At most `attempts` within a minute.
    ///
    /// # Panics
    ///
    /// If `attempts` is 0; in a `static` this is a compile error.
    #[must_use]
    pub const fn per_minute(attempts: u32) -> Self {
        Self::per(attempts, 60)
    }

    /// At most `attempts` within an hour.
    ///
    /// # Panics
    ///
    /// If `attempts` is 0; in a `static` this is a compile error.
    #[must_use]
    pub const fn per_hour(attempts: u32) -> Self {
        Self::per(attempts, 3600)
    }

    const fn per(attempts: u32, seconds: u64) -> Self {
        assert!(attempts > 0, "a rate limit of 0 would let no attempt begin: give at least 1");
        // Rounded up: a rounded down interval would let one more begin than asked.
        Self::every(Duration::from_nanos((seconds * 1_000_000_000).div_ceil(attempts as u64)))
    }

    /// At most one attempt every `interval`.
    ///
    /// # Panics
    ///
    /// If `interval` is 0 or longer than 100 years; in a `static` this is a compile error.
    #[must_use]
    pub const fn every(interval: Duration) -> Self {
        assert!(!interval.is_zero(), "a rate limit with an interval of 0 would be none: give a longer one");
        assert!(interval.as_nanos() <= LONGEST, "the interval of a rate limit is at most 100 years");
        // What comes due within one wait begins at once: else the timer would make the limit a lower one.
        let burst = match NonZeroU32::new((TIMER / interval.as_nanos()) as u32) {
            Some(several) => several,
            None => NonZeroU32::MIN,
        };
        Self { interval, burst, limiter: OnceLock::new(), queue: Queue::new() }
    }

    /// Sets how many attempts may begin at once, after a time in which fewer began than the rate allows.
    ///
    /// # Panics
    ///
    /// If `burst` is 0, or would take longer than 100 years to fill; in a `static` this is a compile error.
    #[must_use]
    pub const fn with_burst(mut self, burst: u32) -> Self {
        self.burst = match NonZeroU32::new(burst) {
            Some(burst) => burst,
            None => panic!("a burst of 0 would let no attempt begin: give at least 1"),
        };
        let filled = self.interval.as_nanos() * burst as u128;
        assert!(filled <= LONGEST, "the burst of a rate limit fills in at most 100 years");
        self
    }

    /// The interval between attempts, apart from a burst.
    #[must_use]
    pub const fn interval(&self) -> Duration {
        self.interval
    }

    /// How many attempts may begin at once.
    #[must_use]
    pub const fn burst(&self) -> u32 {
        self.burst.get()
    }

    /// How many attempts wait now.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.queue.waiting()
    }

    fn limiter(&self) -> &Limiter {
        self.limiter.get_or_init(|| {
            let quota = Quota::with_period(self.interval).expect("the interval is not 0");
            Limiter::direct_with_clock(quota.allow_burst(self.burst), TokioClock)
        })
    }

    async fn wait(&self) -> Permit<'_> {
        let _turn = self.queue.turn().await;
        while let Err(not_until) = self.limiter().check() {
            let due = not_until.earliest_possible().0;
            if self.is_of_another_clock(due) {
                sleep(self.interval).await;
                break;
            }
            sleep_until(due).await;
        }
        Permit::none()
    }

    /// Nobody ahead in the line holds a later place, so by one clock the next attempt is due within an interval. A test
    /// may have advanced a clock of its own: a `static` knows the times of all of them.
    fn is_of_another_clock(&self, due: Instant) -> bool {
        due.saturating_duration_since(Instant::now()) > self.interval.saturating_add(ASIDE)
    }
}

/// 2 ms in nanoseconds: what tokio's timer, which knows milliseconds, may make of the shortest wait.
const TIMER: u128 = 2_000_000;
/// By how much the readings of one clock by two threads surely differ less.
const ASIDE: Duration = Duration::from_secs(1);
/// 100 years in nanoseconds: `governor` counts in 64 bits.
const LONGEST: u128 = 100 * 365 * 24 * 3600 * 1_000_000_000;

impl Limit for RateLimit {
    fn acquire<'a>(&'a self, _: &'a Cx) -> Admission<'a> {
        if self.queue.is_empty() && self.limiter().check().is_ok() {
            return Admission::now(Ok(Permit::none()));
        }
        Admission::later(async { Ok(self.wait().await) })
    }
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("interval", &self.interval)
            .field("burst", &self.burst)
            .field("waiting", &self.waiting())
            .finish_non_exhaustive()
    }
}
