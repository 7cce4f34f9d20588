use std::{fmt, sync::Arc};

use super::CanoError;

/// A run that failed, and something it had done that could not be undone.
///
/// It is also the error of an attempt that was a nested run, or ran beside one, which was ended and could not undo what
/// it did: such an attempt is not repeated, and a `#[catch]` may take it. Where another task of an `any` succeeded
/// there is no error: the run round it goes on, and tells of it if it fails later on; else only the nested run's
/// events do.
#[derive(Clone, Debug)]
pub struct NotUndone(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    cause: CanoError,
    failures: Vec<CanoError>,
}

impl NotUndone {
    pub(crate) fn new(cause: CanoError, failures: Vec<CanoError>) -> Self {
        Self(Arc::new(Inner { cause, failures }))
    }

    /// Why the run ended.
    #[must_use]
    pub fn cause(&self) -> &CanoError {
        &self.0.cause
    }

    /// The undos that failed for good, in the order in which they ran, or were not done in
    /// [time](super::UndoTimeout); at least one. What is not among them was undone.
    #[must_use]
    pub fn failures(&self) -> &[CanoError] {
        &self.0.failures
    }
}

impl fmt::Display for NotUndone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the run failed, and not all that it had done was undone (")?;
        for (i, failure) in self.failures().iter().enumerate() {
            let comma = if i > 0 { "; " } else { "" };
            write!(f, "{comma}{failure:#}")?;
        }
        f.write_str(")")
    }
}
