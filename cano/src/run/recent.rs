//! The attempts of the builder's tasks in one run.

use std::{
    future::{Future, poll_fn},
    mem::take,
    pin::Pin,
    sync::Arc,
    task::Poll,
};

use crate::define::{
    attempts::{Attempts, Kept},
    cx::Cx,
    error::CanoError,
    workflow::Registered,
};

/// The attempts of one run. The places of those of the last few states are kept, so that a run that comes back to one
/// of them allocates no other.
///
/// They are few, because a place is as large as its task's future.
pub(crate) struct Recent<'a, S, Store: ?Sized> {
    store: &'a Store,
    cx: &'a Cx,
    /// Each for the states whose index has this remainder.
    kept: [Kept<'a, S>; PLACES],
}

const PLACES: usize = 4;

impl<'a, S: 'a, Store: ?Sized + 'a> Recent<'a, S, Store> {
    pub(crate) const fn new(store: &'a Store, cx: &'a Cx) -> Self {
        Self { store, cx, kept: [Kept::NOTHING; PLACES] }
    }

    /// Begins an attempt in this state: its end, if it does not wait. Else [`rest`](Self::rest) has to follow in the
    /// same poll.
    #[inline]
    pub(crate) fn begin(
        &mut self,
        state: u32,
        task: &'a Arc<dyn Registered<S, Store>>,
    ) -> impl Future<Output = Poll<Result<S, CanoError>>> {
        poll_fn(move |waker| {
            let kept = &mut self.kept[state as usize % PLACES];
            Poll::Ready(match &mut kept.attempts {
                Some(attempts @ Attempts::Many(_)) if kept.state == state => Pin::new(attempts).poll(waker),
                _ => task.begin(self.store, self.cx, kept, waker),
            })
        })
    }

    /// The end of the attempt that has begun in this poll, and waits.
    pub(crate) fn rest(&mut self, state: u32) -> impl Future<Output = Result<S, CanoError>> {
        let mut is_polled = true;
        let kept = &mut self.kept[state as usize % PLACES].attempts;
        poll_fn(move |waker| {
            if take(&mut is_polled) {
                return Poll::Pending;
            }
            let attempts = kept.as_mut().expect("an attempt that waits is kept");
            let polled = Pin::new(&mut *attempts).poll(waker);
            if polled.is_ready() && matches!(attempts, Attempts::One(_)) {
                *kept = None;
            }
            polled
        })
    }

    /// Drops an attempt that failed: its timeout may have left it where it was.
    #[cold]
    pub(crate) fn drop_attempt(&mut self, state: u32) {
        let kept = &mut self.kept[state as usize % PLACES];
        if kept.state == state {
            *kept = Kept::NOTHING;
        }
    }
}
