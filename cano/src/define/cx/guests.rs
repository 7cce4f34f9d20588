//! Nested runs that may have something to undo.
//!
//! What ends an attempt (a timeout, a sibling that failed, the run's own end) tells them so by the attempt's token, and
//! polls on until they have undone what they did: a run that is dropped undoes nothing.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use crate::define::error::CanoError;

/// How many there are below some `Cx`.
pub(crate) struct Guests {
    count: AtomicUsize,
    /// Those of the run, where this is one of several tasks of it.
    outer: Option<Arc<Self>>,
    /// How long each may take to undo what it did.
    undo_timeout: Option<Duration>,
    /// What they could not undo after they were told to end: it goes with the error of the attempt that they were.
    failures: Mutex<Vec<CanoError>>,
    /// The same of those whose attempt has no error, because another task won: it goes with the error of the run.
    unheard: Mutex<Vec<CanoError>>,
}

impl Guests {
    /// Below a run, or below one of several tasks, where there are those of an `outer` one.
    pub(super) fn new(undo_timeout: Option<Duration>, outer: Option<Arc<Self>>) -> Arc<Self> {
        let (failures, unheard) = Default::default();
        Arc::new(Self { count: AtomicUsize::new(0), outer, undo_timeout, failures, unheard })
    }

    pub(super) fn undo_timeout(&self) -> Option<Duration> {
        self.undo_timeout
    }

    pub(super) fn are_gone(&self) -> bool {
        self.count.load(Relaxed) == 0
    }

    pub(super) fn take_failures(&self) -> Vec<CanoError> {
        take(&self.failures)
    }

    pub(super) fn keep(&self, failures: &[CanoError]) {
        locked(&self.failures).extend_from_slice(failures);
    }

    pub(super) fn take_unheard(&self) -> Vec<CanoError> {
        take(&self.unheard)
    }

    /// The attempt has no error.
    pub(super) fn keep_unheard(&self) {
        let failures = self.take_failures();
        if let Some(run) = self.all().last().filter(|_| !failures.is_empty()) {
            locked(&run.unheard).extend(failures);
        }
    }

    fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |guests| guests.outer.as_deref())
    }
}

impl Drop for Guests {
    /// One of several tasks is over: what it has not told is told with their row.
    fn drop(&mut self) {
        let failures = self.take_failures();
        if let Some(outer) = self.outer.as_ref().filter(|_| !failures.is_empty()) {
            locked(&outer.failures).extend(failures);
        }
    }
}

/// One of them, until it is dropped.
pub(crate) struct Guest(Arc<Guests>);

impl Guest {
    pub(super) fn new(guests: Arc<Guests>) -> Self {
        guests.all().for_each(|guests| _ = guests.count.fetch_add(1, Relaxed));
        Self(guests)
    }

    /// It was told to end, and has: its error is heard of if something was not undone.
    pub(crate) fn leave(self, end: CanoError) {
        if let CanoError::NotUndone(_) = end {
            locked(&self.0.failures).push(end);
        }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.0.all().for_each(|guests| _ = guests.count.fetch_sub(1, Relaxed));
    }
}

fn take(failures: &Mutex<Vec<CanoError>>) -> Vec<CanoError> {
    std::mem::take(&mut *locked(failures))
}

fn locked(failures: &Mutex<Vec<CanoError>>) -> MutexGuard<'_, Vec<CanoError>> {
    failures.lock().unwrap_or_else(PoisonError::into_inner)
}
