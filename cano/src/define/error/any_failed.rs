use std::{error::Error, fmt};

use super::CanoError;

/// Every task of an `any(..)` failed. It holds their errors.
///
/// [`CanoError::find`] and a `#[catch]` find in it the errors of all its tasks.
#[derive(Debug)]
pub struct AnyFailed(Vec<CanoError>);

impl AnyFailed {
    pub(crate) const fn new(errors: Vec<CanoError>) -> Self {
        Self(errors)
    }

    /// The errors, one for each task, in the order in which the tasks failed.
    #[must_use]
    pub fn errors(&self) -> &[CanoError] {
        &self.0
    }
}

impl fmt::Display for AnyFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            let comma = if i > 0 { "; " } else { "" };
            write!(f, "{comma}{error:#}")?;
        }
        Ok(())
    }
}

// It has no source: its text already has those of all its errors.
impl Error for AnyFailed {}
