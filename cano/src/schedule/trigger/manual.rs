use std::fmt;

use jiff::Timestamp;

use super::{Pace, Trigger};

/// Never fires by itself, only when [`Scheduler::trigger`](crate::schedule::Scheduler::trigger) asks for a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manual;

impl Trigger for Manual {
    fn next(&self, _after: Timestamp, _start: Timestamp) -> Option<Timestamp> {
        None
    }

    fn pace(&self) -> Pace {
        Pace::ByHand
    }
}

impl fmt::Display for Manual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("by hand")
    }
}
