//! Waiting in line.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio::sync::{Semaphore, SemaphorePermit};

/// A line, first come, first served: only the one at its head looks whether it may go on.
///
/// So a wake-up wakes one, and nobody overtakes. Whoever is dropped in the line, or at its head, makes way.
pub(super) struct Queue {
    head: Semaphore,
    waiting: Waiting,
}

/// The turn of the one at the head, until it is dropped.
pub(super) struct Turn<'a> {
    _head: SemaphorePermit<'a>,
    _waits: Waits<'a>,
}

impl Queue {
    pub(super) const fn new() -> Self {
        Self { head: Semaphore::const_new(1), waiting: Waiting::new() }
    }

    /// Whether nobody waits, so that one who comes may look at once.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting() == 0
    }

    /// The turn, after all who came earlier.
    pub(super) async fn turn(&self) -> Turn<'_> {
        let _waits = self.waiting.wait();
        Turn { _head: self.head.acquire().await.expect("nobody closes it"), _waits }
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.count()
    }
}

/// How many wait.
pub(super) struct Waiting(AtomicUsize);

/// One who waits, until it is dropped.
pub(super) struct Waits<'a>(&'a Waiting);

impl Waiting {
    pub(super) const fn new() -> Self {
        Self(AtomicUsize::new(0))
    }

    pub(super) fn wait(&self) -> Waits<'_> {
        self.0.fetch_add(1, Relaxed);
        Waits(self)
    }

    pub(super) fn count(&self) -> usize {
        self.0.load(Relaxed)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Relaxed);
    }
}
