//! What happens in a run, and who is told.

mod attempt;
mod ending;
mod kind;
mod observer;
mod schedule;
mod words;

use tokio::time::Instant;

#[cfg(feature = "testing")]
pub(crate) use self::observer::Fault;
pub(crate) use self::observer::{Audience, Observers};
pub use self::{
    attempt::Attempt,
    ending::RunEnding,
    kind::EventKind,
    observer::Observer,
    schedule::{ScheduleEvent, SkipReason},
};
use crate::define::run_id::RunId;

/// One thing that happened, as an [`Observer`] receives it.
///
/// Spans and log of the feature `tracing`, metrics, the recorder of the module `testing` and your own observers all
/// receive the same events. Names are borrowed, so an event allocates nothing. Times are those of tokio's clock, which
/// tests may pause.
///
/// ```
/// use cano::{Event, EventKind};
///
/// fn line(event: &Event<'_>) -> Option<String> {
///     match event.kind {
///         EventKind::Transition { from, to, .. } => Some(format!("{from} -> {to}")),
///         EventKind::AttemptFailed { attempt, error, .. } => Some(format!("{attempt}: {error:#}")),
///         _ => None,
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Event<'a> {
    /// The workflow's name; empty if the event is of no workflow.
    pub workflow: &'a str,
    /// The run; `None` for what concerns no single run: several concurrent ones, or a schedule.
    pub run: Option<RunId>,
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub kind: EventKind<'a>,
}

impl<'a> Event<'a> {
    pub(crate) fn now(workflow: &'a str, run: Option<RunId>, kind: EventKind<'a>) -> Self {
        Self { workflow, run, at: Instant::now(), kind }
    }
}
