use std::{fmt, sync::Arc};

use super::CanoError;

/// A run that failed, and something it had done that could not be undone.
///
/// A nested run that was ended because its row was caught, or because another task of an `any` succeeded, tells of its
/// failed undos in its own events alone: the run round it goes on.
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

    /// The undos that failed for good, in the order in which they ran; at least one. What is not among them was
    /// undone.
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
