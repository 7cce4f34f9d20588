use std::time::Duration;

use super::CircuitState;
use crate::define::error::CanoError;

/// When a circuit opens, and when it closes again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) failures: u32,
    pub(super) of: u32,
    pub(super) window: Option<Duration>,
    pub(super) open_for: Duration,
    pub(super) probes: u32,
    pub(super) counts_if: fn(&CanoError) -> bool,
    pub(super) on_change: Option<fn(&str, CircuitState)>,
}

impl Rule {
    pub(super) const DEFAULT: Self = Self {
        failures: 5,
        of: 10,
        window: None,
        open_for: Duration::from_secs(30),
        probes: 1,
        counts_if: is_passing,
        on_change: None,
    };
}

/// A permanent error is about what was asked, not about who was asked.
fn is_passing(error: &CanoError) -> bool {
    !error.is_permanent()
}
