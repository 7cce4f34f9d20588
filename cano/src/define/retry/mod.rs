//! When a failed task is attempted again: how often, and after which delays.

mod backoff;

use std::{fmt, sync::Arc, time::Duration};

pub(crate) use self::backoff::Delays;
#[cfg(feature = "scheduler")]
pub(crate) use self::backoff::doubled;
use self::backoff::{Backoff, Exponential};
use crate::define::error::CanoError;

/// How often a failed task is attempted again, how long to wait in between, and how long one attempt may take.
///
/// The default, which a hand-written [`Task`](crate::Task) has as well, is 3 retries (4 attempts in all). The first
/// delay is 100 ms, and each further one is twice as long, up to 30 s; each is longer or shorter by up to 10 %.
///
/// ```
/// use cano::prelude::*;
///
/// let patient = TaskConfig::with_exponential_retry(5)
///     .with_base(Duration::from_millis(20))
///     .with_max_delay(Duration::from_secs(1));
/// assert_eq!(patient.max_attempts(), 6);
/// assert_eq!(TaskConfig::minimal().max_attempts(), 1);
/// ```
#[derive(Clone)]
#[must_use]
pub struct TaskConfig {
    retries: u32,
    backoff: Backoff,
    seed: Option<u64>,
    attempt_timeout: Option<Duration>,
    budget: Option<Duration>,
    retry_if: Option<Condition>,
}

type Condition = Arc<dyn Fn(&CanoError) -> bool + Send + Sync>;

impl TaskConfig {
    /// The default: 3 retries with exponential backoff.
    pub const fn new() -> Self {
        Self::with_exponential_retry(3)
    }

    /// One attempt, no retries.
    pub const fn minimal() -> Self {
        Self::with_fixed_retry(0, Duration::ZERO)
    }

    /// Up to `retries` retries (`retries + 1` attempts in all), each after `delay`.
    pub const fn with_fixed_retry(retries: u32, delay: Duration) -> Self {
        Self::of(retries, Backoff::Fixed(delay))
    }

    /// Up to `retries` retries (`retries + 1` attempts in all). The first delay is 100 ms, and each further one is
    /// twice as long, up to 30 s, with a jitter of 10 %.
    pub const fn with_exponential_retry(retries: u32) -> Self {
        Self::of(retries, Backoff::Exponential(Exponential::DEFAULT))
    }

    /// A retry after each delay that the iterator yields; an iterator that yields nothing means no retries. `delays`
    /// makes a new iterator for each visit of the state.
    ///
    /// ```
    /// use cano::prelude::*;
    ///
    /// let fibonacci = TaskConfig::with_backoff(|| {
    ///     let mut pair = (1, 1);
    ///     std::iter::from_fn(move || {
    ///         pair = (pair.1, pair.0 + pair.1);
    ///         Some(Duration::from_millis(pair.0))
    ///     })
    ///     .take(5)
    /// });
    /// assert_eq!(fibonacci.delays().map(|d| d.as_millis()).collect::<Vec<_>>(), [1, 2, 3, 5, 8]);
    /// ```
    pub fn with_backoff<I>(delays: impl Fn() -> I + Send + Sync + 'static) -> Self
    where
        I: Iterator<Item = Duration> + Send + 'static,
    {
        Self::of(u32::MAX, Backoff::custom(delays))
    }

    const fn of(retries: u32, backoff: Backoff) -> Self {
        Self { retries, backoff, seed: None, attempt_timeout: None, budget: None, retry_if: None }
    }

    /// Sets the first delay of an exponential backoff; with 0, all delays are 0. Any other backoff is unchanged.
    pub const fn with_base(mut self, base: Duration) -> Self {
        if let Backoff::Exponential(backoff) = &mut self.backoff {
            backoff.base = base;
        }
        self
    }

    /// Sets the longest delay of an exponential backoff, jitter included; any other backoff is unchanged.
    pub const fn with_max_delay(mut self, max: Duration) -> Self {
        if let Backoff::Exponential(backoff) = &mut self.backoff {
            backoff.max = max;
        }
        self
    }

    /// Sets the fraction by which a delay of an exponential backoff may be longer or shorter: 0.1 is 10 %. Any other
    /// backoff is unchanged.
    ///
    /// # Panics
    ///
    /// If `jitter` is not in `0.0..=1.0`.
    pub const fn with_jitter(mut self, jitter: f64) -> Self {
        assert!(jitter >= 0.0 && jitter <= 1.0, "a jitter is a part of the delay, from 0.0 to 1.0");
        if let Backoff::Exponential(backoff) = &mut self.backoff {
            backoff.jitter = jitter;
        }
        self
    }

    /// Seeds the jitter, so that it is the same in every run.
    pub const fn with_seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Sets how long one attempt may take, counted from its first wait. An attempt that takes longer is dropped, and
    /// has failed with [`CanoError::AttemptTimeout`]. With a timeout of 0, an attempt ends at its first wait. The
    /// delays between attempts do not count. The option `timeout` of a row or a task replaces this one.
    pub const fn with_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets how long after the first failure the last retry may begin. A retry whose delay would end later is not made,
    /// and the error before it is the last one. With 0, only retries without a delay are made.
    pub const fn with_retry_budget(mut self, budget: Duration) -> Self {
        self.budget = Some(budget);
        self
    }

    /// Sets which errors are worth another attempt; after any other error there is no retry. A
    /// [permanent](CanoError::is_permanent) error is never attempted again.
    ///
    /// ```
    /// use cano::prelude::*;
    /// use std::io;
    ///
    /// let while_busy = TaskConfig::with_fixed_retry(5, Duration::from_secs(1)).with_retry_if(|error| {
    ///     error.find::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::ResourceBusy)
    /// });
    /// assert_eq!(while_busy.max_attempts(), 6);
    /// ```
    pub fn with_retry_if(mut self, retry_if: impl Fn(&CanoError) -> bool + Send + Sync + 'static) -> Self {
        self.retry_if = Some(Arc::new(retry_if));
        self
    }

    /// How many attempts there are at most, the first one included; `u32::MAX` where only the
    /// [backoff](Self::with_backoff) knows.
    #[must_use]
    pub const fn max_attempts(&self) -> u32 {
        self.retries.saturating_add(1)
    }

    /// The delays before each retry, in order.
    #[must_use = "iterators are lazy"]
    pub fn delays(&self) -> impl Iterator<Item = Duration> + Send + use<> {
        self.iter()
    }

    /// How long one attempt may take, if there is a limit.
    #[must_use]
    pub const fn attempt_timeout(&self) -> Option<Duration> {
        self.attempt_timeout
    }

    /// How long after the first failure the last retry may begin, if there is a limit.
    #[must_use]
    pub const fn retry_budget(&self) -> Option<Duration> {
        self.budget
    }

    pub(crate) fn is_worth_another(&self, error: &CanoError) -> bool {
        !error.is_permanent() && self.retry_if.as_ref().is_none_or(|retry_if| retry_if(error))
    }

    pub(crate) fn iter(&self) -> Delays {
        Delays::new(self.retries, &self.backoff, self.seed)
    }
}

impl Default for TaskConfig {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for TaskConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskConfig")
            .field("retries", &self.retries)
            .field("backoff", &self.backoff)
            .field("seed", &self.seed)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry_budget", &self.budget)
            .field("has_retry_if", &self.retry_if.is_some())
            .finish()
    }
}

/// What `retry = path` may name: a [`TaskConfig`], or a function that makes one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a retry policy",
    label = "not a `TaskConfig`",
    note = "`retry = ..` takes `none`, `fixed(retries, \"delay\")`, `exponential(retries)`, or the path of a constant or function that yields a `TaskConfig`"
)]
pub trait Policy {
    /// The policy.
    fn policy(self) -> TaskConfig;
}

impl Policy for TaskConfig {
    fn policy(self) -> TaskConfig {
        self
    }
}

impl Policy for &TaskConfig {
    fn policy(self) -> TaskConfig {
        self.clone()
    }
}

impl<F: FnOnce() -> TaskConfig> Policy for F {
    fn policy(self) -> TaskConfig {
        self()
    }
}

#[cfg(test)]
mod tests;
