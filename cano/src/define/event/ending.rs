use crate::define::error::CanoError;

/// How a run ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum RunEnding<'a> {
    /// It reached this exit.
    Exit(&'a str),
    /// It failed: a task in its last attempt, an undo, or the workflow itself.
    Failed(&'a CanoError),
    /// It was cancelled.
    Cancelled(&'a CanoError),
    /// It had not reached an exit by its deadline.
    TimedOut(&'a CanoError),
    /// A task panicked.
    Panicked(&'a CanoError),
    /// Its future was dropped.
    Dropped,
}

impl<'a> RunEnding<'a> {
    pub(crate) fn failure(error: &'a CanoError) -> Self {
        match error {
            CanoError::Cancelled(_) => Self::Cancelled(error),
            CanoError::DeadlineExceeded(_) => Self::TimedOut(error),
            error if error.is_panic() => Self::Panicked(error),
            error => Self::Failed(error),
        }
    }

    /// A word for it, as for a label: `exit`, `failed`, `cancelled`, `timed_out`, `panicked` or `dropped`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Exit(_) => "exit",
            Self::Failed(_) => "failed",
            Self::Cancelled(_) => "cancelled",
            Self::TimedOut(_) => "timed_out",
            Self::Panicked(_) => "panicked",
            Self::Dropped => "dropped",
        }
    }

    /// The error with which it ended, if there is one.
    #[must_use]
    pub const fn error(self) -> Option<&'a CanoError> {
        match self {
            Self::Exit(_) | Self::Dropped => None,
            Self::Failed(error) | Self::Cancelled(error) | Self::TimedOut(error) | Self::Panicked(error) => {
                Some(error)
            }
        }
    }
}
