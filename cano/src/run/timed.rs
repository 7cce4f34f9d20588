//! The timeout of an attempt.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep_until};

use crate::define::{
    cx::Cx,
    error::{AttemptTimeout, CanoError, Stop},
};

/// The timer of an attempt, which is made when the attempt first waits: one that never does costs nothing.
///
/// Since when it runs follows from its deadline, so that each attempt's future holds a pointer only.
#[doc(hidden)]
#[derive(Default)]
pub struct Timer {
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Timer {
    /// The attempt waits, until `timeout` at the latest, which is the same at each call.
    #[cold]
    pub fn wait(
        &mut self,
        cx: &Cx,
        timeout: impl FnOnce() -> Option<Duration>,
        waker: &mut Context<'_>,
    ) -> Poll<CanoError> {
        // A row's timeout stands round its task's limits, whose wait is no part of the attempt.
        if self.sleep.is_none() && cx.is_in_line() {
            return Poll::Pending;
        }
        let Some(timeout) = timeout() else { return Poll::Pending };
        let sleep = match &mut self.sleep {
            Some(sleep) => sleep,
            None => {
                let Some(deadline) = Instant::now().checked_add(timeout) else { return Poll::Pending };
                self.sleep.insert(Self::until(deadline, cx))
            }
        };
        // A nested run that is told to end first undoes what it did.
        if sleep.as_mut().poll(waker).is_pending() || !cx.leave() {
            return Poll::Pending;
        }
        let late = Instant::now().saturating_duration_since(sleep.deadline());
        let stop = Stop { elapsed: timeout.saturating_add(late), ..cx.stop() };
        Poll::Ready(CanoError::AttemptTimeout(AttemptTimeout::new(stop, timeout)))
    }

    fn until(deadline: Instant, cx: &Cx) -> Pin<Box<Sleep>> {
        match cx.take_timer() {
            Some(mut sleep) => {
                sleep.as_mut().reset(deadline);
                sleep
            }
            None => Box::pin(sleep_until(deadline)),
        }
    }

    /// The attempt is over: the next one may have its timer.
    #[inline]
    pub fn stop(&mut self, cx: &Cx) {
        if let Some(sleep) = self.sleep.take() {
            cx.give_timer(sleep);
        }
    }
}

/// Awaits one attempt, at most for the time that `$timeout`, an `Option<Duration>`, says when it is first asked.
///
/// It is a macro so that the future stays where it is made: a function that takes it keeps it twice.
#[doc(hidden)]
#[macro_export]
macro_rules! __timed {
    ($cx:expr, $timeout:expr, $call:expr) => {{
        let mut call = $crate::__private::pin!($call);
        let mut timer = <$crate::__private::Timer as $crate::__private::Default>::default();
        let result =
            $crate::__private::poll_fn(|waker| match $crate::__private::Future::poll(call.as_mut(), waker) {
                $crate::__private::Poll::Ready(result) => $crate::__private::Poll::Ready(result),
                $crate::__private::Poll::Pending => {
                    timer.wait($cx, || $timeout, waker).map($crate::__private::Err)
                }
            })
            .await;
        timer.stop($cx);
        result
    }};
}
