//! What ends a run from outside.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use tokio::time::{Instant, Sleep, sleep_until};
use tokio_util::sync::WaitForCancellationFutureOwned;

use crate::define::{
    cx::Cx,
    error::{Cancelled, CanoError, DeadlineExceeded},
    options::{RunOptions, Settings},
};

/// The cancellation and the deadline of one run.
pub(crate) struct Bounds {
    cancelled: Option<Pin<Box<WaitForCancellationFutureOwned>>>,
    deadline: Option<Pin<Box<Sleep>>>,
}

impl Bounds {
    /// `None` for a run that nothing bounds, which then costs nothing.
    pub(crate) fn new(
        settings: &Settings,
        options: Option<&RunOptions>,
        started: Instant,
    ) -> Option<Box<Self>> {
        let timeouts = [settings.timeout, options.and_then(|options| options.timeout)];
        let ends = timeouts.into_iter().flatten().filter_map(|timeout| started.checked_add(timeout));
        let deadline = ends.chain(options.and_then(|options| options.deadline)).min();
        let token = options.and_then(|options| options.cancellation.clone());
        if deadline.is_none() && token.is_none() {
            return None;
        }
        Some(Box::new(Self {
            cancelled: token.map(|token| Box::pin(token.cancelled_owned())),
            deadline: deadline.map(|deadline| Box::pin(sleep_until(deadline))),
        }))
    }

    /// Why the run is to end, if it is.
    pub(crate) fn poll(&mut self, cx: &Cx, waker: &mut Context<'_>) -> Poll<CanoError> {
        if let Some(cancelled) = &mut self.cancelled
            && cancelled.as_mut().poll(waker).is_ready()
        {
            return Poll::Ready(CanoError::Cancelled(Cancelled::new(cx.stop())));
        }
        if let Some(deadline) = &mut self.deadline
            && (deadline.deadline() <= Instant::now() || deadline.as_mut().poll(waker).is_ready())
        {
            return Poll::Ready(CanoError::DeadlineExceeded(DeadlineExceeded::new(cx.stop())));
        }
        Poll::Pending
    }
}
