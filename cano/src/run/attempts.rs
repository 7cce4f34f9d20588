//! The attempts of one task in one visit of its state.

use std::future::Future;

use crate::define::{
    cx::Cx,
    error::CanoError,
    retry::{Delays, TaskConfig},
};

/// The delays that are left for the task that failed last.
pub(crate) struct Retry(Delays);

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
    let delays = match retry {
        Some(Retry(delays)) if cx.attempt() > 1 => delays,
        // The first failure in this visit: what an earlier visit left is of no use.
        stale => &mut stale.insert(Retry(policy.iter())).0,
    };
    let delay = if cx.take_settled() || error.is_permanent() { None } else { delays.next() };
    match delay {
        Some(delay) => {
            tokio::time::sleep(error.delay().unwrap_or(delay)).await;
            cx.next_attempt();
            Ok(())
        }
        None => {
            let last = error.at(cx.place(), cx.attempt());
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
        match call().await {
            Ok(outcome) => return Ok(outcome),
            Err(error) => {
                let policy = policy();
                Box::pin(after_failure(error, &policy, cx, &mut retry)).await?;
            }
        }
    }
}
