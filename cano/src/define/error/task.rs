use std::{error::Error, fmt, sync::Arc, time::Duration};

use super::{BoxError, Phase, Place, change};
use crate::define::counted::Counted;

/// A task failed: its own error, where it happened and after how many attempts.
#[derive(Clone, Debug)]
pub struct TaskError(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    place: Option<Place>,
    attempts: u32,
    phase: Option<Phase>,
    permanent: bool,
    retry_after: Option<Duration>,
    source: BoxError,
}

impl TaskError {
    /// Where it happened; `None` until the error has passed through a run.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }

    /// How many attempts were made, the first one included; 0 until the error has passed through a run.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The phase of a node in which it happened, if that is known.
    #[must_use]
    pub fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// Whether another attempt is pointless.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.0.permanent
    }

    /// How long to wait before another attempt, if the error says so.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The task's own error.
    #[must_use]
    pub fn cause(&self) -> &(dyn Error + 'static) {
        &*self.0.source
    }

    pub(super) fn raised(source: BoxError) -> Self {
        let (place, attempts, phase, permanent, retry_after) = (None, 0, None, false, None);
        Self(Arc::new(Inner { place, attempts, phase, permanent, retry_after, source }))
    }

    pub(super) fn once(self) -> Self {
        self.edit(|inner| inner.permanent = true)
    }

    pub(super) fn with_retry_after(self, delay: Duration) -> Self {
        self.edit(|inner| inner.retry_after = Some(delay))
    }

    pub(super) fn in_phase(self, phase: Phase) -> Self {
        self.edit(|inner| inner.phase = inner.phase.or(Some(phase)))
    }

    pub(super) fn at(self, place: Place, attempts: u32) -> Self {
        self.edit(|inner| (inner.place, inner.attempts) = (Some(place), attempts))
    }

    /// Somebody who kept a clone keeps it as it was: the changed error then has theirs as its source.
    fn edit(self, edit: impl FnOnce(&mut Inner)) -> Self {
        let copy = |shared: Arc<Inner>| Inner {
            place: shared.place.clone(),
            attempts: shared.attempts,
            phase: shared.phase,
            permanent: shared.permanent,
            retry_after: shared.retry_after,
            source: Box::new(super::CanoError::Task(Self(shared))),
        };
        Self(change(self.0, copy, edit))
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { place, attempts, phase, source, .. } = &*self.0;
        let Some(place) = place else { return source.fmt(f) };
        write!(f, "{place} failed")?;
        if let Some(phase) = phase {
            write!(f, " in {phase}")?;
        }
        write!(f, " after {}", Counted((*attempts).into(), "attempt"))
    }
}
