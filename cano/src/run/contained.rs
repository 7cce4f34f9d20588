//! A panic of a task is an error of its run.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use crate::define::{
    cx::Cx,
    error::{CanoError, Panicked},
};

/// Polls what may panic. What a panic leaves half done is dropped with the future, so nobody sees it.
pub(crate) fn poll_contained<T, F>(
    cx: &Cx,
    future: Pin<&mut F>,
    waker: &mut Context<'_>,
) -> Poll<Result<T, CanoError>>
where
    F: Future<Output = Result<T, CanoError>>,
{
    match catch_unwind(AssertUnwindSafe(|| future.poll(waker))) {
        Ok(poll) => poll,
        Err(payload) => Poll::Ready(Err(CanoError::Panicked(Panicked::new(cx.stop(), payload)))),
    }
}
