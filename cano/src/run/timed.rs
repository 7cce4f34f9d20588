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
#[doc(hidden)]
#[derive(Default)]
pub struct Timer {
    armed: Option<Armed>,
}

struct Armed {
    since: Instant,
    timeout: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Timer {
    /// The attempt waits, until `timeout` at the latest.
    #[cold]
    pub fn wait(
        &mut self,
        cx: &Cx,
        timeout: impl FnOnce() -> Option<Duration>,
        waker: &mut Context<'_>,
    ) -> Poll<CanoError> {
        if self.armed.is_none() {
            // A row's timeout stands round its task's limits.
            if cx.is_in_line() {
                return Poll::Pending;
            }
            let Some(timeout) = timeout() else { return Poll::Pending };
            let since = Instant::now();
            let Some(deadline) = since.checked_add(timeout) else { return Poll::Pending };
            let sleep = match cx.take_timer() {
                Some(mut sleep) => {
                    sleep.as_mut().reset(deadline);
                    sleep
                }
                None => Box::pin(sleep_until(deadline)),
            };
            self.armed = Some(Armed { since, timeout, sleep });
        }
        let Some(armed) = &mut self.armed else { return Poll::Pending };
        if armed.sleep.as_mut().poll(waker).is_pending() {
            return Poll::Pending;
        }
        let stop = Stop { elapsed: armed.since.elapsed(), ..cx.stop() };
        Poll::Ready(CanoError::AttemptTimeout(AttemptTimeout::new(stop, armed.timeout)))
    }

    /// The attempt is over: the next one may have its timer.
    pub fn stop(&mut self, cx: &Cx) {
        if let Some(Armed { sleep, .. }) = self.armed.take() {
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
