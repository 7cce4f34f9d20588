//! Nested runs that may have something to undo.
//!
//! What ends an attempt (a timeout, a sibling that failed, the run's own end) tells them so by the attempt's token, and
//! polls on until they have undone what they did: a run that is dropped undoes nothing.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use crate::define::error::CanoError;

/// How many there are below some `Cx`.
#[derive(Default)]
pub(crate) struct Guests {
    count: AtomicUsize,
    /// Those of the run, where this is one of several tasks of it.
    outer: Option<Arc<Self>>,
    /// What they could not undo after they were told to end.
    failures: Mutex<Vec<CanoError>>,
}

impl Guests {
    /// Below one of several tasks.
    pub(super) fn within(outer: Arc<Self>) -> Arc<Self> {
        Arc::new(Self { outer: Some(outer), ..Self::default() })
    }

    pub(super) fn are_gone(&self) -> bool {
        self.count.load(Relaxed) == 0
    }

    pub(super) fn take_failures(&self) -> Vec<CanoError> {
        std::mem::take(&mut *self.failures.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |guests| guests.outer.as_deref())
    }
}

/// One of them, until it is dropped.
pub(crate) struct Guest(Arc<Guests>);

impl Guest {
    pub(super) fn new(guests: Arc<Guests>) -> Self {
        guests.all().for_each(|guests| _ = guests.count.fetch_add(1, Relaxed));
        Self(guests)
    }

    /// It was told to end, and has: its error is heard of by the run if something was not undone.
    pub(crate) fn leave(self, end: CanoError) {
        if let CanoError::NotUndone(_) = end
            && let Some(run) = self.0.all().last()
        {
            run.failures.lock().unwrap_or_else(PoisonError::into_inner).push(end);
        }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.0.all().for_each(|guests| _ = guests.count.fetch_sub(1, Relaxed));
    }
}
