use std::{fmt, sync::Arc};

use super::CanoError;

/// A run failed, and something it had done could not be undone.
///
/// It is also the error of an attempt whose nested run, or a nested run beside it, was ended and could not undo what it
/// did. Such an attempt is not repeated, and a `#[catch]` may take the error. If another task of an `any` succeeded,
/// the outer run goes on; it reports the failed undo if it fails later on, and otherwise only the events of the nested
/// run do.
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

    /// The undos that failed for good or were not done in [time](super::UndoTimeout), in the order in which they ran;
    /// at least one. Every other step was undone.
    #[must_use]
    pub fn failures(&self) -> &[CanoError] {
        &self.0.failures
    }
}

impl fmt::Display for NotUndone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the run failed, and not everything it had done was undone (")?;
        for (i, failure) in self.failures().iter().enumerate() {
            let comma = if i > 0 { "; " } else { "" };
            write!(f, "{comma}{failure:#}")?;
        }
        f.write_str(")")
    }
}
