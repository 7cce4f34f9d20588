//! From a start of a scheduler to its stop.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::{runtime::Handle, sync::Notify};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::record::RunEnd;

/// Whether a scheduler runs.
#[derive(Clone)]
pub(super) enum Phase {
    Idle,
    Running(Epoch),
    Stopping(Epoch),
}

/// From a start to a stop.
#[derive(Clone)]
pub(super) struct Epoch {
    pub(super) runtime: Handle,
    /// The driver and the runs.
    pub(super) tracker: TaskTracker,
    /// Tells the driver to look.
    pub(super) changed: Arc<Notify>,
    /// Cancels the runs.
    pub(super) cancel: CancellationToken,
    /// Drops them.
    pub(super) abort: CancellationToken,
    /// How they ended since the stop began. Whoever awaits this stop has the same one, however late.
    report: Arc<Mutex<StopReport>>,
}

/// How the runs ended that were under way when a scheduler was stopped. Each list has the id of the schedule for each
/// run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StopReport {
    /// Runs that ended by themselves, at an exit or with an error.
    pub completed: Vec<String>,
    /// Runs that ended when they were cancelled.
    pub cancelled: Vec<String>,
    /// Runs that had to be dropped.
    pub aborted: Vec<String>,
}

impl Phase {
    pub(super) fn epoch(&self) -> Option<&Epoch> {
        match self {
            Self::Idle => None,
            Self::Running(epoch) | Self::Stopping(epoch) => Some(epoch),
        }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self, Self::Running(_))
    }

    /// Whether it is this start whose stop has begun.
    pub(super) fn is_stopping_in(&self, epoch: &Epoch) -> bool {
        matches!(self, Self::Stopping(present) if present.is(epoch))
    }

    /// Whether it is this start that it runs since.
    pub(super) fn is_running_in(&self, epoch: &Epoch) -> bool {
        matches!(self, Self::Running(present) if present.is(epoch))
    }
}

impl Epoch {
    pub(super) fn new(runtime: Handle) -> Self {
        Self {
            runtime,
            tracker: TaskTracker::new(),
            changed: Arc::new(Notify::new()),
            cancel: CancellationToken::new(),
            abort: CancellationToken::new(),
            report: Arc::default(),
        }
    }

    pub(super) fn report(&self) -> MutexGuard<'_, StopReport> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it is this one.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.changed, &other.changed)
    }
}

impl StopReport {
    pub(super) fn note(&mut self, id: &str, end: &RunEnd) {
        let ids = match end {
            RunEnd::Succeeded | RunEnd::Failed(_) => &mut self.completed,
            RunEnd::Cancelled => &mut self.cancelled,
            RunEnd::Aborted => &mut self.aborted,
        };
        ids.push(id.to_owned());
    }
}
