//! Attempts and runs that were ended from outside of their tasks.

use std::{fmt, sync::Arc, time::Duration};

use super::{Name, Place};

/// Where something was ended, in which attempt, and how long it had taken.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    pub(crate) place: Place,
    pub(crate) attempt: u32,
    pub(crate) elapsed: Duration,
}

impl Stop {
    /// Of something that is in no state: a run as a whole, or a schedule by its id.
    pub(crate) fn of(workflow: impl Into<Name>, elapsed: Duration) -> Self {
        let place = Place { workflow: workflow.into(), state: Name::default(), task: Name::default() };
        Self { place, attempt: 1, elapsed }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, attempt, elapsed } = self;
        if place.state.is_empty() {
            return f.write_str("before its first task");
        }
        write!(f, "in state `{}`: task `{}`, attempt {attempt}, after {elapsed:.1?}", place.state, place.task)
    }
}

macro_rules! accessors {
    ($error:ident, $elapsed:literal) => {
        impl $error {
            /// Where it happened. State and task are empty if the first task had not begun.
            #[must_use]
            pub fn place(&self) -> &Place {
                &self.stop().place
            }

            /// The attempt in which it happened, counted from 1.
            #[must_use]
            pub fn attempt(&self) -> u32 {
                self.stop().attempt
            }

            #[doc = $elapsed]
            #[must_use]
            pub fn elapsed(&self) -> Duration {
                self.stop().elapsed
            }
        }
    };
}

/// The last attempt of a task took longer than its timeout, and was ended.
#[derive(Clone, Debug)]
pub struct AttemptTimeout(Arc<(Stop, Duration)>);

accessors!(AttemptTimeout, "How long the attempt had taken, from its first wait on.");

impl AttemptTimeout {
    pub(crate) fn new(stop: Stop, timeout: Duration) -> Self {
        Self(Arc::new((stop, timeout)))
    }

    /// How long an attempt may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.0.1
    }

    fn stop(&self) -> &Stop {
        &self.0.0
    }
}

impl fmt::Display for AttemptTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Stop { place, attempt, .. } = self.stop();
        write!(f, "{place} did not end within its timeout of {:?} in attempt {attempt}", self.timeout())
    }
}

/// A run had not reached an exit by its deadline, and was ended.
#[derive(Clone, Debug)]
pub struct DeadlineExceeded(Arc<Stop>);

accessors!(DeadlineExceeded, "How long the run had taken.");

impl DeadlineExceeded {
    pub(crate) fn new(stop: Stop) -> Self {
        Self(Arc::new(stop))
    }

    fn stop(&self) -> &Stop {
        &self.0
    }
}

impl fmt::Display for DeadlineExceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "workflow `{}` exceeded its deadline {}", self.place().workflow, self.stop())
    }
}

/// A run was cancelled.
#[derive(Clone, Debug)]
pub struct Cancelled(Arc<Stop>);

accessors!(Cancelled, "How long the run had taken.");

impl Cancelled {
    pub(crate) fn new(stop: Stop) -> Self {
        Self(Arc::new(stop))
    }

    fn stop(&self) -> &Stop {
        &self.0
    }
}

impl fmt::Display for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "workflow `{}` was cancelled {}", self.place().workflow, self.stop())
    }
}
