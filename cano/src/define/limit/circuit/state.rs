use tokio::time::Instant;

/// The state of a [`CircuitBreaker`](super::CircuitBreaker).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CircuitState {
    /// Attempts begin, and their ends are counted.
    Closed,
    /// Too many attempts failed: no attempt begins.
    Open {
        /// When the first probe may begin; `None` if that is further away than the clock reaches.
        until: Option<Instant>,
    },
    /// A few attempts begin, the probes; whether they succeed decides the next state.
    HalfOpen,
    /// No attempt begins until [`reset`](super::CircuitBreaker::reset) or
    /// [`force_closed`](super::CircuitBreaker::force_closed).
    ForcedOpen,
    /// Every attempt begins until [`reset`](super::CircuitBreaker::reset) or
    /// [`force_open`](super::CircuitBreaker::force_open).
    ForcedClosed,
}

/// What a [`CircuitBreaker`](super::CircuitBreaker) has counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CircuitCounts {
    /// Attempts that succeeded, ever.
    pub succeeded: u64,
    /// Attempts that failed in a way that counts, ever.
    pub failed: u64,
    /// Attempts that counted neither way, ever: they were dropped, or their error does not count.
    pub ignored: u64,
    /// Attempts that were refused, ever.
    pub refused: u64,
    /// How often the circuit opened because of failures.
    pub opened: u64,
    /// The attempts in the present window.
    pub recent: u32,
    /// The attempts in the present window that failed.
    pub recent_failed: u32,
}
