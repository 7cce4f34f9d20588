use std::fmt;

use super::Limit;
use crate::define::error::CanoError;

/// How an attempt ended, as reported to a [`Limit`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum End<'a> {
    /// It returned an outcome.
    Succeeded,
    /// It returned an error, or timed out.
    Failed(&'a CanoError),
    /// It was dropped, because of a cancelled run or a panic, so nothing is known of its result.
    Dropped,
}

/// The admission of one attempt. Dropping it gives back what the limit gave, and reports that the attempt was
/// [dropped](End::Dropped).
#[must_use = "an attempt is admitted for as long as its permit is held"]
pub struct Permit<'a>(Option<Held<'a>>);

struct Held<'a> {
    limit: &'a dyn Limit,
    token: u64,
    /// Boxed, so that the permit of one limit, which is the common one, allocates nothing.
    next: Option<Box<Held<'a>>>,
}

impl<'a> Permit<'a> {
    /// A permit whose end is reported to `limit`, by [`Limit::ended`] with `token`.
    pub fn new(limit: &'a dyn Limit, token: u64) -> Self {
        Self(Some(Held { limit, token, next: None }))
    }

    /// A permit whose end is reported to nobody.
    pub const fn none() -> Self {
        Self(None)
    }

    /// Both permits as one.
    pub fn and(mut self, mut other: Permit<'a>) -> Self {
        while let Some((limit, token)) = other.take() {
            let next = self.0.take().map(Box::new);
            self.0 = Some(Held { limit, token, next });
        }
        self
    }

    /// Reports that the attempt returned an outcome.
    pub fn succeeded(mut self) {
        self.end(End::Succeeded);
    }

    /// Reports that the attempt returned an error.
    pub fn failed(mut self, error: &CanoError) {
        self.end(End::Failed(error));
    }

    /// What is left is in `self` when a limit is told, so that one that panics takes no other's permit with it.
    fn end(&mut self, end: End<'_>) {
        while let Some((limit, token)) = self.take() {
            limit.ended(token, end);
        }
    }

    fn take(&mut self) -> Option<(&'a dyn Limit, u64)> {
        let Held { limit, token, next } = self.0.take()?;
        self.0 = next.map(|next| *next);
        Some((limit, token))
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.end(End::Dropped);
    }
}

impl fmt::Debug for Permit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit")
            .field("token", &self.0.as_ref().map(|held| held.token))
            .finish_non_exhaustive()
    }
}
