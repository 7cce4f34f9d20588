use std::time::Duration;

use super::RunCounts;
use crate::define::error::CanoError;

/// How one of several runs ended.
#[derive(Clone, Debug)]
#[must_use]
pub enum WorkflowResult<E> {
    /// It reached this exit.
    Success(E),
    /// It failed.
    Failed(CanoError),
    /// It was cancelled, or never began, because the wait was over.
    Cancelled,
}

impl<E> WorkflowResult<E> {
    pub(super) fn new(end: Result<E, CanoError>) -> Self {
        match end {
            Ok(exit) => Self::Success(exit),
            Err(CanoError::Cancelled(_)) => Self::Cancelled,
            Err(error) => Self::Failed(error),
        }
    }

    /// Whether it reached an exit.
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Success(_))
    }

    /// The exit that it reached, if it reached one.
    #[must_use]
    pub fn success(self) -> Option<E> {
        match self {
            Self::Success(exit) => Some(exit),
            Self::Failed(_) | Self::Cancelled => None,
        }
    }
}

/// How several runs ended, in numbers. They agree with the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConcurrentWorkflowStatus {
    /// How many runs there were.
    pub total_workflows: usize,
    /// How many reached an exit.
    pub completed: usize,
    /// How many failed.
    pub failed: usize,
    /// How many were cancelled, or never began.
    pub cancelled: usize,
    /// How long it took until the last one had ended.
    pub duration: Duration,
}

impl ConcurrentWorkflowStatus {
    pub(super) fn new(counts: RunCounts, duration: Duration) -> Self {
        Self {
            total_workflows: counts.total,
            completed: counts.succeeded,
            failed: counts.failed,
            cancelled: counts.cancelled,
            duration,
        }
    }
}
