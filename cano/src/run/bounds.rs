//! What ends a run from outside.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep_until};
use tokio_util::sync::WaitForCancellationFutureOwned;

use crate::define::{
    cx::Cx,
    error::{Cancelled, CanoError, DeadlineExceeded},
    names::Names,
    options::{RunOptions, Settings},
    run_id::RunId,
};

/// What one run was given by its caller and its workflow, and what follows from it.
pub(crate) struct Bounds {
    options: RunOptions,
    cancelled: Option<Pin<Box<WaitForCancellationFutureOwned>>>,
    deadline: Option<Pin<Box<Sleep>>>,
    /// Why the run ends, while nested ones still undo what they did.
    ending: Option<CanoError>,
}

impl Bounds {
    /// `None` for a run that nothing bounds, which then costs nothing.
    #[inline]
    pub(crate) fn new(settings: &Settings, options: Option<RunOptions>) -> Option<Box<Self>> {
        match (options, settings.timeout, settings.undo_timeout) {
            (None, None, None) => None,
            (options, ..) => Some(Self::boxed(settings, options.unwrap_or_default())),
        }
    }

    fn boxed(settings: &Settings, mut options: RunOptions) -> Box<Self> {
        options.timeout = options.timeout.into_iter().chain(settings.timeout).min();
        options.undo_timeout = options.undo_timeout.into_iter().chain(settings.undo_timeout).min();
        Box::new(Self { options, cancelled: None, deadline: None, ending: None })
    }

    /// The run begins.
    #[inline]
    pub(crate) fn begin(bounds: &mut Option<Box<Self>>, names: Names, settings: &Settings) -> Cx {
        match bounds {
            None => Cx::new(RunId::next(), names).watched(settings, None),
            Some(bounds) => bounds.begun(names, settings),
        }
    }

    fn begun(&mut self, names: Names, settings: &Settings) -> Cx {
        let Self { options, cancelled, deadline, .. } = self;
        *cancelled = options.cancellation.clone().map(|token| Box::pin(token.cancelled_owned()));
        let timeout = options.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        *deadline = timeout.into_iter().chain(options.deadline).min().map(|end| Box::pin(sleep_until(end)));
        let cx = Cx::new(options.run_id.unwrap_or_else(RunId::next), names);
        let cx = cx.watched(settings, Some(options));
        match options.parent_token() {
            Some(token) => cx.with_parent_token(token),
            None => cx,
        }
    }

    /// How long its undos may take.
    pub(crate) fn undo_timeout(&self) -> Option<Duration> {
        self.options.undo_timeout
    }

    /// Why the run ends, if it does.
    pub(crate) fn poll(&mut self, cx: &Cx, waker: &mut Context<'_>) -> Poll<CanoError> {
        if self.ending.is_none() {
            self.ending = Some(std::task::ready!(self.due(cx, waker)));
        }
        match self.ending.take() {
            Some(error) if cx.leave() => Poll::Ready(error),
            error => {
                self.ending = error;
                Poll::Pending
            }
        }
    }

    /// What the run comes to, which was polled after it was told to end.
    pub(crate) fn polled<T>(
        &mut self,
        cx: &Cx,
        polled: Poll<Result<T, CanoError>>,
    ) -> Poll<Result<T, CanoError>> {
        match self.ending.take() {
            None => polled,
            Some(error) if polled.is_ready() || cx.may_leave() => Poll::Ready(Err(match polled {
                Poll::Ready(Err(CanoError::NotUndone(left))) => error.not_undone(left.failures().to_vec()),
                _ => error,
            })),
            error => {
                self.ending = error;
                Poll::Pending
            }
        }
    }

    fn due(&mut self, cx: &Cx, waker: &mut Context<'_>) -> Poll<CanoError> {
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
