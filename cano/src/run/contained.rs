//! A panic of a task is an error of its run.

use std::{
    any::Any,
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
#[doc(hidden)]
pub fn poll_contained<T, F>(
    cx: &Cx,
    future: Pin<&mut F>,
    waker: &mut Context<'_>,
) -> Poll<Result<T, CanoError>>
where
    F: Future<Output = Result<T, CanoError>>,
{
    match catch_unwind(AssertUnwindSafe(|| future.poll(waker))) {
        Ok(poll) => poll,
        Err(payload) => Poll::Ready(Err(panicked(cx, payload))),
    }
}

/// Drops what may be a user's.
pub(crate) fn drop_contained(cx: &Cx, drop: impl FnOnce()) -> Result<(), CanoError> {
    catch_unwind(AssertUnwindSafe(drop)).map_err(|payload| panicked(cx, payload))
}

/// Drops what may be a user's: `end`, or the panic of the drop.
pub(crate) fn end_after<T>(cx: &Cx, drop: impl FnOnce(), end: Result<T, CanoError>) -> Result<T, CanoError> {
    match drop_contained(cx, drop) {
        Ok(()) => end,
        Err(panic) => Err(instead_of(end, panic, cx)),
    }
}

/// The panic, which takes the place of `end`. What that panics with when it is dropped nobody hears of.
#[cold]
fn instead_of<T>(end: Result<T, CanoError>, panic: CanoError, cx: &Cx) -> CanoError {
    let _ = drop_contained(cx, || drop(end));
    panic
}

#[cold]
fn panicked(cx: &Cx, payload: Box<dyn Any + Send>) -> CanoError {
    let error = CanoError::Panicked(Panicked::new(cx.stop(), payload));
    cx.attempt_panicked(&error);
    error
}

/// Awaits what may panic. It is a macro so that the future stays where it is made.
#[doc(hidden)]
#[macro_export]
macro_rules! __contained {
    ($cx:expr, $future:expr) => {{
        let mut future = $crate::__private::pin!($future);
        $crate::__private::poll_fn(|waker| $crate::__private::poll_contained($cx, future.as_mut(), waker))
            .await
    }};
}
