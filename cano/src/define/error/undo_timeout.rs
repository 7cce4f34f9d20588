use std::{fmt, sync::Arc, time::Duration};

use super::Place;

/// A step was not undone, because the time for the undos of its run was over.
///
/// It is among [`NotUndone::failures`](super::NotUndone::failures), never the error of a run.
#[derive(Clone, Debug)]
pub struct UndoTimeout(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    place: Place,
    attempt: u32,
    timeout: Duration,
}

impl UndoTimeout {
    pub(crate) fn new(place: Place, attempt: u32, timeout: Duration) -> Self {
        Self(Arc::new(Inner { place, attempt, timeout }))
    }

    /// The state whose step it was, and the undo as the task.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.0.place
    }

    /// The attempt of the undo that was ended, counted from 1; 0 if none had begun.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.0.attempt
    }

    /// How long all the undos of the run may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.0.timeout
    }
}

impl fmt::Display for UndoTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { place, attempt, timeout } = &*self.0;
        match attempt {
            0 => write!(f, "{place} did not begin")?,
            _ => write!(f, "{place} was ended in attempt {attempt}")?,
        }
        write!(f, ", because the undos of the run may take at most {timeout:?}")
    }
}
