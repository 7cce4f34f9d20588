use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use super::Permit;
use crate::define::{error::CanoError, task::BoxFuture};

type Admitted<'a> = Result<Permit<'a>, CanoError>;

/// What [`Limit::acquire`](super::Limit::acquire) returns: a future of the permit, or of the refusal.
///
/// It is not a boxed future, so that an attempt that need not wait allocates nothing.
///
/// # Panics
///
/// If it is polled again after it has completed.
///
/// # Cancel safety
///
/// Dropping it ends the wait, and gives back a permit that was not taken.
#[must_use = "a future does nothing unless it is awaited"]
pub struct Admission<'a>(When<'a>);

enum When<'a> {
    Now(Option<Admitted<'a>>),
    Later(BoxFuture<'a, Admitted<'a>>),
}

impl<'a> Admission<'a> {
    /// Admits or refuses at once.
    pub const fn now(admitted: Result<Permit<'a>, CanoError>) -> Self {
        Self(When::Now(Some(admitted)))
    }

    /// Admits or refuses after a wait.
    pub fn later(wait: impl Future<Output = Result<Permit<'a>, CanoError>> + Send + 'a) -> Self {
        Self(When::Later(Box::pin(wait)))
    }

    /// Admits when `self` has and then the next limit has.
    pub(super) fn and_then(self, next: impl FnOnce() -> Self + Send + 'a) -> Self {
        match self.0 {
            When::Now(Some(Ok(first))) => match next().0 {
                When::Now(second) => Self(When::Now(second.map(|second| Ok(first.and(second?))))),
                When::Later(second) => Self::later(async move { Ok(first.and(second.await?)) }),
            },
            When::Later(first) => Self::later(async move {
                let first = first.await?;
                Ok(first.and(next().await?))
            }),
            refused @ When::Now(_) => Self(refused),
        }
    }
}

impl<'a> Future for Admission<'a> {
    type Output = Result<Permit<'a>, CanoError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            When::Now(admitted) => Poll::Ready(admitted.take().expect("an admission is awaited once")),
            When::Later(wait) => {
                let admitted = ready!(wait.as_mut().poll(cx));
                self.0 = When::Now(None);
                Poll::Ready(admitted)
            }
        }
    }
}

impl fmt::Debug for Admission<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            When::Now(admitted) => f.debug_tuple("Now").field(admitted).finish(),
            When::Later(_) => f.debug_struct("Later").finish_non_exhaustive(),
        }
    }
}
