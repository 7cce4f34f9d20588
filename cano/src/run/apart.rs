//! Attempts at once, each of which is dropped, also where the drop of another one panics.

use std::{
    any::Any,
    future::Future,
    mem::forget,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll},
    thread::panicking,
};

use pin_project_lite::pin_project;

/// The first panic among the drops of attempts, which goes on when this is dropped, after all of them.
///
/// Else a second one would end the process, and a set of futures would never drop those that follow the first.
#[doc(hidden)]
#[derive(Default)]
pub struct Drops(Mutex<Option<Box<dyn Any + Send>>>);

impl Drops {
    /// One of the attempts. This has to be dropped after it.
    #[inline]
    pub fn apart<F>(&self, attempt: F) -> Apart<'_, F> {
        Apart { attempt: Some(attempt), drops: self }
    }

    #[cold]
    fn note(&self, payload: Box<dyn Any + Send>) {
        let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*first {
            None => *first = Some(payload),
            // Its drop may panic, too.
            Some(_) => forget(payload),
        }
    }
}

impl Drop for Drops {
    fn drop(&mut self) {
        match self.0.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            Some(payload) if !panicking() => resume_unwind(payload),
            unheard => forget(unheard),
        }
    }
}

pin_project! {
    /// An attempt whose drop does not panic: that is noted.
    #[doc(hidden)]
    #[must_use = "a future does nothing unless it is awaited"]
    pub struct Apart<'a, F> {
        #[pin]
        attempt: Option<F>,
        drops: &'a Drops,
    }

    impl<F> PinnedDrop for Apart<'_, F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if let Err(payload) = catch_unwind(AssertUnwindSafe(|| this.attempt.set(None))) {
                this.drops.note(payload);
            }
        }
    }
}

impl<F: Future> Future for Apart<'_, F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, waker: &mut Context<'_>) -> Poll<F::Output> {
        match self.project().attempt.as_pin_mut() {
            Some(attempt) => attempt.poll(waker),
            None => Poll::Pending,
        }
    }
}
