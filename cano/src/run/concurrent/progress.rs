use tokio::sync::watch;

use super::WorkflowResult;

/// The progress of several runs, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RunCounts {
    /// How many runs there are in all.
    pub total: usize,
    /// How many have begun and not ended.
    pub running: usize,
    /// How many reached an exit.
    pub succeeded: usize,
    /// How many failed.
    pub failed: usize,
    /// How many were cancelled, or will never begin.
    pub cancelled: usize,
}

impl RunCounts {
    /// How many have ended, in any way.
    #[must_use]
    pub fn done(self) -> usize {
        self.succeeded + self.failed + self.cancelled
    }

    /// How many have not ended: those that are running, and those that wait for their turn.
    #[must_use]
    pub fn open(self) -> usize {
        self.total - self.done()
    }

    pub(super) fn count<E>(&mut self, result: &WorkflowResult<E>) {
        match result {
            WorkflowResult::Success(_) => self.succeeded += 1,
            WorkflowResult::Failed(_) => self.failed += 1,
            WorkflowResult::Cancelled => self.cancelled += 1,
        }
    }
}

/// The progress of several runs while they go on, for a progress bar or a log. Clones show the same runs.
///
/// ```
/// use cano::prelude::*;
///
/// #[task]
/// async fn halve(n: u32) -> CanoResult<u32> { Ok(n / 2) }
///
/// workflow! {
///     enum Halving {
///         #[start] Halve { n: u32 } = match halve(n) { 0 => Done, n => Halve { n } },
///         #[exit] Done,
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let starts: Vec<_> = (0..100).map(|n| Halving::Halve { n }).collect();
/// let runs = Halving::workflow().concurrent((starts, MemoryStore::new()));
/// let mut progress = runs.progress();
/// let printed = tokio::spawn(async move {
///     while let Some(counts) = progress.changed().await {
///         println!("{} of {}", counts.done(), counts.total);
///     }
///     progress.counts().done()
/// });
/// runs.execute(WaitStrategy::WaitForever).await;
/// assert_eq!(printed.await.ok(), Some(100));
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct RunProgress(watch::Receiver<RunCounts>);

impl RunProgress {
    /// The present numbers.
    #[must_use]
    pub fn counts(&self) -> RunCounts {
        *self.0.borrow()
    }

    /// Waits until the numbers have changed since the last call. Returns `None` when they will not change any more.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost if the future is dropped.
    pub async fn changed(&mut self) -> Option<RunCounts> {
        // Who counts may outlive the last run, in a stream that is kept; one that is gone has perhaps not been heard out.
        if self.counts().open() == 0 && !self.0.has_changed().unwrap_or(true) {
            return None;
        }
        self.0.changed().await.ok()?;
        Some(*self.0.borrow_and_update())
    }
}

/// Where the numbers are counted.
#[derive(Debug)]
pub(super) struct Counter {
    counts: RunCounts,
    /// Told of a change only while somebody listens.
    told: watch::Sender<RunCounts>,
}

impl Counter {
    pub(super) fn new(total: usize) -> Self {
        let counts = RunCounts { total, ..RunCounts::default() };
        Self { counts, told: watch::Sender::new(counts) }
    }

    pub(super) fn counts(&self) -> RunCounts {
        self.counts
    }

    pub(super) fn change(&mut self, change: impl FnOnce(&mut RunCounts)) {
        change(&mut self.counts);
        if self.told.receiver_count() > 0 {
            self.told.send_replace(self.counts);
        }
    }

    pub(super) fn progress(&self) -> RunProgress {
        let listener = self.told.subscribe();
        self.told.send_replace(self.counts);
        RunProgress(listener)
    }
}
