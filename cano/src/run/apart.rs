//! Attempts at once, each of which is dropped, also where the drop of another one panics.

use std::{
    any::Any,
    future::Future,
    mem::forget,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::Pin,
    sync::{Mutex, OnceLock, PoisonError},
    task::{Context, Poll, ready},
    thread::panicking,
};

use pin_project_lite::pin_project;

/// The first panic among the drops of attempts, which goes on when this is dropped, after all of them.
///
/// Else a second one would end the process, and a set of futures would never drop those that follow the first.
#[doc(hidden)]
#[derive(Default)]
pub struct Drops(OnceLock<Payload>);

/// What a panic says. The mutex is there because it need not be `Sync`.
type Payload = Mutex<Box<dyn Any + Send>>;

impl Drops {
    /// One of the attempts. This has to be dropped after it.
    #[inline]
    pub fn apart<F>(&self, attempt: F) -> Apart<'_, F> {
        Apart { attempt: Some(attempt), drops: self }
    }

    #[cold]
    fn drop_noted<F>(&self, mut attempt: Pin<&mut Option<F>>) {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| attempt.set(None)))
            && let Err(unheard) = self.0.set(Mutex::new(payload))
        {
            // Its drop may panic, too.
            forget(unheard);
        }
    }

    #[cold]
    fn go_on(first: Payload) {
        let payload = first.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !panicking() {
            resume_unwind(payload);
        }
        forget(payload);
    }
}

impl Drop for Drops {
    #[inline]
    fn drop(&mut self) {
        if let Some(first) = self.0.take() {
            Self::go_on(first);
        }
    }
}

pin_project! {
    /// An attempt that does not panic when it is dropped before its end: that is noted.
    #[doc(hidden)]
    #[must_use = "a future does nothing unless it is awaited"]
    pub struct Apart<'a, F> {
        #[pin]
        attempt: Option<F>,
        drops: &'a Drops,
    }

    impl<F> PinnedDrop for Apart<'_, F> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            if this.attempt.is_some() {
                this.drops.drop_noted(this.attempt);
            }
        }
    }
}

impl<F: Future> Future for Apart<'_, F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, waker: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        let Some(attempt) = this.attempt.as_mut().as_pin_mut() else { return Poll::Pending };
        let end = ready!(attempt.poll(waker));
        // A panic of this drop is one of the poll.
        this.attempt.set(None);
        Poll::Ready(end)
    }
}
