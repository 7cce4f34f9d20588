//! The timeout of an attempt.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use pin_project_lite::pin_project;
use tokio::time::Instant;

use crate::define::{
    cx::Cx,
    error::{AttemptTimeout, CanoError, Stop},
};

pin_project! {
    /// One attempt within its timeout.
    ///
    /// The timer is the run's, and is set when the attempt first waits: one that never does pays nothing for its
    /// timeout.
    #[doc(hidden)]
    #[must_use]
    pub struct Timed<'a, F, T> {
        #[pin]
        attempt: F,
        cx: &'a Cx,
        timeout: T,
    }
}

/// One attempt, which may take as long as `timeout` says when the attempt first waits.
#[doc(hidden)]
#[inline]
pub fn timed<F, T, O>(cx: &Cx, timeout: T, attempt: F) -> Timed<'_, F, T>
where
    F: Future<Output = Result<O, CanoError>>,
    T: Fn() -> Option<Duration>,
{
    Timed { attempt, cx, timeout }
}

impl<F, T, O> Future for Timed<'_, F, T>
where
    F: Future<Output = Result<O, CanoError>>,
    T: Fn() -> Option<Duration>,
{
    type Output = F::Output;

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, waker: &mut Context<'_>) -> Poll<Self::Output> {
        let timed = self.project();
        match timed.attempt.poll(waker) {
            Poll::Pending => wait(timed.cx, timed.timeout, waker).map(Err),
            ready => ready,
        }
    }
}

/// The attempt waits: it may do so until its timeout has passed since the first time.
#[cold]
fn wait(cx: &Cx, timeout: &dyn Fn() -> Option<Duration>, waker: &mut Context<'_>) -> Poll<CanoError> {
    let Some(mut timer) = cx.take_timer(timeout) else { return Poll::Pending };
    // A nested run that is told to end first undoes what it did.
    if timer.poll(waker).is_pending() || !cx.leave() {
        cx.give_timer(timer);
        return Poll::Pending;
    }
    let late = Instant::now().saturating_duration_since(timer.deadline());
    let stop = Stop { elapsed: timer.timeout().saturating_add(late), ..cx.stop() };
    Poll::Ready(CanoError::AttemptTimeout(AttemptTimeout::new(stop, timer.timeout())))
}
