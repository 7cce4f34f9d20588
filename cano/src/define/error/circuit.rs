use std::{error::Error, fmt, sync::Arc, time::Duration};

use tokio::time::Instant;

use super::{CanoError, Place, change};
use crate::define::counted::Counted;

/// An attempt that was not made because a [`CircuitBreaker`](crate::limit::CircuitBreaker) refused it. It used up no
/// retry.
///
/// Its source is the failure that opened the circuit, if there was one.
#[derive(Clone, Debug)]
pub struct CircuitOpen(Arc<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    circuit: &'static str,
    refusal: Refusal,
    remaining: Option<Duration>,
    cause: Option<CanoError>,
    place: Option<Place>,
    attempts: u32,
}

/// Why a circuit refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Too many attempts failed; `None` where the end of it is further off than the clock reaches.
    Open {
        until: Option<Instant>,
    },
    /// The probes are under way.
    Probing,
    Forced,
}

impl CircuitOpen {
    pub(crate) fn new(circuit: &'static str, refusal: Refusal, cause: Option<CanoError>) -> Self {
        // For people; the error may be read long after.
        let remaining = match refusal {
            Refusal::Open { until: Some(until) } => Some(until.saturating_duration_since(Instant::now())),
            _ => None,
        };
        Self(Arc::new(Inner { circuit, refusal, remaining, cause, place: None, attempts: 0 }))
    }

    /// The circuit's name.
    #[must_use]
    pub fn circuit(&self) -> &str {
        self.0.circuit
    }

    /// When the first probe may begin; `None` if that does not depend on time: probes are under way already, or the
    /// circuit is forced open.
    #[must_use]
    pub fn until(&self) -> Option<Instant> {
        match self.0.refusal {
            Refusal::Open { until } => until,
            Refusal::Probing | Refusal::Forced => None,
        }
    }

    /// Whether the circuit was forced open, by [`force_open`](crate::limit::CircuitBreaker::force_open).
    #[must_use]
    pub fn is_forced(&self) -> bool {
        self.0.refusal == Refusal::Forced
    }

    /// Where it happened; `None` until the error has passed through a run.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }

    /// How many attempts were made before the refused one.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Says where it happened, after how many attempts.
    pub(crate) fn at(self, place: Place, attempts: u32) -> Self {
        let edit = |inner: &mut Inner| (inner.place, inner.attempts) = (Some(place), attempts);
        Self(change(self.0, |shared| (*shared).clone(), edit))
    }
}

impl Error for CircuitOpen {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.cause.as_ref().map(|cause| cause as _)
    }
}

impl fmt::Display for CircuitOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { circuit, refusal, remaining, place, attempts, .. } = &*self.0;
        if let Some(place) = place {
            write!(f, "{place} was not attempted")?;
            match attempts {
                0 => f.write_str(": ")?,
                made => write!(f, " again after {}: ", Counted((*made).into(), "attempt"))?,
            }
        }
        write!(f, "circuit `{circuit}` ")?;
        match (refusal, remaining) {
            (_, Some(remaining)) => write!(f, "is open, try again in {remaining:.1?}"),
            (Refusal::Open { .. }, None) => f.write_str("is open, until `reset` is called"),
            (Refusal::Probing, None) => f.write_str("is half open, try again when its probes have ended"),
            (Refusal::Forced, None) => {
                f.write_str("is forced open, until `reset` or `force_closed` is called")
            }
        }
    }
}
