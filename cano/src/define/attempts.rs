//! The attempts of a task of the builder, one after the other in one place.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;
use futures_util::{StreamExt, stream::repeat_with};

use crate::define::{cx::Cx, error::CanoError, names::Names};

/// Attempts of one task in one run. As a future it is the next one.
#[doc(hidden)]
pub enum Attempts<'a, S> {
    /// One, which somebody else has boxed.
    One(Pin<Box<dyn Future<Output = Result<S, CanoError>> + Send + 'a>>),
    /// As many as are asked for, one after the other, all in the same place.
    Many(Pin<Box<dyn Stream<Item = Result<S, CanoError>> + Send + 'a>>),
}

impl<'a, S: 'a> Attempts<'a, S> {
    /// As many calls of it as are asked for.
    pub fn of<F>(call: impl FnMut() -> F + Send + 'a) -> Self
    where
        F: Future<Output = Result<S, CanoError>> + Send + 'a,
    {
        Self::Many(Box::pin(repeat_with(call).then(|attempt| attempt)))
    }
}

impl<S> Future for Attempts<'_, S> {
    type Output = Result<S, CanoError>;

    #[inline]
    fn poll(self: Pin<&mut Self>, waker: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Self::One(attempt) => attempt.as_mut().poll(waker),
            Self::Many(attempts) => {
                attempts.as_mut().poll_next(waker).map(|end| end.expect("`repeat_with` has no end"))
            }
        }
    }
}

/// Where attempts are kept: of this state, one that is under way, or the place of the next one.
#[doc(hidden)]
pub struct Kept<'a, S> {
    pub(crate) state: u32,
    pub(crate) attempts: Option<Attempts<'a, S>>,
}

impl<'a, S> Kept<'a, S> {
    pub(crate) const NOTHING: Self = Self { state: Names::NO_STATE, attempts: None };

    /// Polls a first attempt, and keeps what can be polled again.
    #[inline]
    pub(crate) fn begin(
        &mut self,
        mut attempts: Attempts<'a, S>,
        cx: &Cx,
        waker: &mut Context<'_>,
    ) -> Poll<Result<S, CanoError>> {
        let polled = Pin::new(&mut attempts).poll(waker);
        if polled.is_pending() || matches!(attempts, Attempts::Many(_)) {
            *self = Self { state: cx.here().0, attempts: Some(attempts) };
        }
        polled
    }
}
