//! What a circuit does: without a clock, a lock or a future.
//!
//! 1. When the circuit takes another position, what began in the one before has no more say: tokens are of a position.
//! 2. Half open, the probes that run and those that succeeded are together never more than the rule's.
//! 3. An error that is let go of is handed out, to be dropped after the lock: its drop may be code of a user.

use std::mem::{Discriminant, discriminant};

use tokio::time::Instant;

use super::{CircuitCounts, CircuitState, rule::Rule, window::Window};
use crate::define::error::CanoError;

pub(super) struct Core {
    position: Position,
    /// The token of what begins in the present position.
    token: u64,
    window: Window,
    totals: CircuitCounts,
    /// The failure that opened the circuit last.
    cause: Option<CanoError>,
}

#[derive(Clone, Copy)]
enum Position {
    Closed,
    Open { until: Option<Instant> },
    HalfOpen { running: u32, succeeded: u32 },
    ForcedOpen,
    ForcedClosed,
}

/// What an attempt says of the called one.
#[derive(Clone, Copy)]
pub(super) enum Verdict<'a> {
    Good,
    Bad(&'a CanoError),
    Nothing,
}

/// What has to be done after the lock.
#[derive(Default)]
pub(super) struct Aftermath {
    /// Whether one who waits may go on now.
    pub(super) is_way_free: bool,
    pub(super) _dropped: Option<CanoError>,
}

impl Core {
    pub(super) const fn new() -> Self {
        let totals = CircuitCounts {
            succeeded: 0,
            failed: 0,
            ignored: 0,
            refused: 0,
            opened: 0,
            recent: 0,
            recent_failed: 0,
        };
        Self { position: Position::Closed, token: 0, window: Window::new(), totals, cause: None }
    }

    /// The token of an attempt that may begin, or the state that forbids it.
    pub(super) fn begin(&mut self, rule: &Rule, now: Instant) -> Result<u64, CircuitState> {
        if matches!(self.state(now), CircuitState::HalfOpen)
            && !matches!(self.position, Position::HalfOpen { .. })
        {
            self.take(Position::HalfOpen { running: 0, succeeded: 0 });
        }
        match &mut self.position {
            Position::Closed | Position::ForcedClosed => Ok(self.token),
            Position::HalfOpen { running, succeeded } if *running + *succeeded < rule.probes => {
                *running += 1;
                Ok(self.token)
            }
            _ => Err(self.state(now)),
        }
    }

    pub(super) fn refused(&mut self) -> Option<CanoError> {
        self.totals.refused += 1;
        self.cause.clone()
    }

    pub(super) fn end(&mut self, token: u64, verdict: Verdict<'_>, rule: &Rule, now: Instant) -> Aftermath {
        match verdict {
            Verdict::Good => self.totals.succeeded += 1,
            Verdict::Bad(_) => self.totals.failed += 1,
            Verdict::Nothing => self.totals.ignored += 1,
        }
        if token != self.token {
            return Aftermath::default();
        }
        match (&mut self.position, verdict) {
            (Position::Closed, Verdict::Good) => self.window.push(false, rule, now),
            (Position::Closed, Verdict::Bad(error)) => {
                self.window.push(true, rule, now);
                if self.window.failures() >= rule.failures {
                    return self.open(error, rule, now);
                }
            }
            (Position::HalfOpen { .. }, Verdict::Bad(error)) => return self.open(error, rule, now),
            (Position::HalfOpen { running, succeeded }, Verdict::Good) => {
                *running -= 1;
                *succeeded += 1;
                if *succeeded == rule.probes {
                    return self.force(Position::Closed);
                }
            }
            (Position::HalfOpen { running, .. }, Verdict::Nothing) => {
                *running -= 1;
                return Aftermath { is_way_free: true, _dropped: None };
            }
            _ => {}
        }
        Aftermath::default()
    }

    /// Which position it is in, whatever that position knows: not by the clock, as [`state`](Self::state) is.
    pub(super) fn position(&self) -> Discriminant<impl Sized + use<>> {
        discriminant(&self.position)
    }

    pub(super) fn state(&self, now: Instant) -> CircuitState {
        match self.position {
            Position::Closed => CircuitState::Closed,
            Position::Open { until: Some(until) } if until <= now => CircuitState::HalfOpen,
            Position::Open { until } => CircuitState::Open { until },
            Position::HalfOpen { .. } => CircuitState::HalfOpen,
            Position::ForcedOpen => CircuitState::ForcedOpen,
            Position::ForcedClosed => CircuitState::ForcedClosed,
        }
    }

    pub(super) fn counts(&mut self, rule: &Rule, now: Instant) -> CircuitCounts {
        self.window.forget_old(rule, now);
        CircuitCounts { recent: self.window.calls(), recent_failed: self.window.failures(), ..self.totals }
    }

    pub(super) fn close(&mut self) -> Aftermath {
        self.force(Position::Closed)
    }

    pub(super) fn force_open(&mut self) -> Aftermath {
        self.force(Position::ForcedOpen)
    }

    pub(super) fn force_closed(&mut self) -> Aftermath {
        self.force(Position::ForcedClosed)
    }

    fn open(&mut self, error: &CanoError, rule: &Rule, now: Instant) -> Aftermath {
        self.totals.opened += 1;
        self.take(Position::Open { until: now.checked_add(rule.open_for) });
        // Who waited for a probe to end now waits for the time.
        Aftermath { is_way_free: true, _dropped: self.cause.replace(error.clone()) }
    }

    fn force(&mut self, position: Position) -> Aftermath {
        self.take(position);
        Aftermath { is_way_free: true, _dropped: self.cause.take() }
    }

    fn take(&mut self, position: Position) {
        self.position = position;
        self.token += 1;
        self.window.clear();
    }
}
