//! The attempts of one task in one visit of its state.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    time::Duration,
};

use tokio::time::Instant;

use crate::define::{
    cx::Cx,
    error::CanoError,
    retry::{Delays, TaskConfig},
};

/// What is left for the task that failed last.
pub(crate) struct Retry {
    delays: Delays,
    /// Until when another attempt may begin.
    until: Option<Instant>,
}

impl Retry {
    fn new(policy: &TaskConfig) -> Self {
        let until = policy.retry_budget().and_then(|budget| Instant::now().checked_add(budget));
        Self { delays: policy.iter(), until }
    }

    /// The delay before the next attempt, if there is to be one.
    fn next_delay(&mut self, error: &CanoError) -> Option<Duration> {
        let planned = self.delays.next()?;
        let delay = error.delay().unwrap_or(planned);
        let is_in_time = |until| Instant::now().checked_add(delay).is_some_and(|begin| begin <= until);
        self.until.is_none_or(is_in_time).then_some(delay)
    }
}

/// What follows a failed attempt: `Ok` after the wait, when the next one is due; else the last error, with its
/// place.
///
/// It is the one place that decides whether and when a task is attempted again.
pub(crate) async fn after_failure(
    error: CanoError,
    policy: &TaskConfig,
    cx: &Cx,
    retry: &mut Option<Retry>,
) -> Result<(), CanoError> {
    cx.cancel_attempt();
    let left = match retry {
        Some(left) if cx.attempt() > 1 => left,
        // The first failure in this visit: what an earlier visit left is of no use.
        stale => stale.insert(Retry::new(policy)),
    };
    // What was done is not undone: it is not to be done again.
    let failures = cx.guests_failures();
    let is_settled = cx.take_settled() || !failures.is_empty();
    let delay = if is_settled || !policy.is_worth_another(&error) { None } else { left.next_delay(&error) };
    match delay {
        Some(delay) => {
            cx.attempt_failed(&error, Some(delay));
            tokio::time::sleep(delay).await;
            cx.next_attempt();
            Ok(())
        }
        None => {
            let last = error.at(cx.place(), cx.attempt()).not_undone(failures);
            cx.attempt_failed(&last, None);
            if cx.fall_back(&last) { Ok(()) } else { Err(last) }
        }
    }
}

/// Attempts one of several tasks that a state runs at once, until it succeeds or its policy gives it up.
///
/// It takes closures, not the task and its input: with generic tasks that would meet rust-lang/rust#100013.
#[doc(hidden)]
pub async fn attempts<O, F, Fut>(
    policy: impl Fn() -> TaskConfig + Send,
    cx: &Cx,
    call: F,
) -> Result<O, CanoError>
where
    F: Fn() -> Fut,
    Fut: Future<Output = Result<O, CanoError>>,
{
    let mut retry = None;
    loop {
        let end = match cx.attempt_started(|| policy().max_attempts()) {
            Some(fault) => Err(fault),
            None => {
                let mut attempt = pin!(call());
                poll_fn(|waker| cx.within(|| attempt.as_mut().poll(waker))).await
            }
        };
        match end {
            Ok(outcome) => {
                cx.attempt_succeeded();
                return Ok(outcome);
            }
            Err(error) => {
                let policy = policy();
                Box::pin(after_failure(error, &policy, cx, &mut retry)).await?;
            }
        }
    }
}
