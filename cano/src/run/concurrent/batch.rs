//! What the observers of several runs are told of all of them.

use tokio::time::Instant;

use super::progress::Counter;
use crate::define::{
    error::Name,
    event::{Audience, Event, EventKind, Observers},
    spans::{BatchSpan, GivenSpan},
};

/// Several runs as one thing: it begins with them, and ends with the last one, or when nobody waits for them any more.
pub(super) struct Batch {
    workflow: Name,
    audience: Audience,
    span: BatchSpan,
    /// How far the runs are.
    pub(super) counter: Counter,
    began: Instant,
    has_ended: bool,
}

impl Batch {
    pub(super) fn new(workflow: Name, observers: &Observers, span: &GivenSpan, counter: Counter) -> Self {
        let total = counter.counts().total;
        let (audience, span) = (Audience::new(observers), BatchSpan::new(span));
        let batch = Self { workflow, audience, span, counter, began: Instant::now(), has_ended: false };
        batch.emit(EventKind::BatchStarted { total });
        batch
    }

    /// Whether anybody is told of it.
    pub(super) fn is_observed(&self) -> bool {
        !self.audience.is_empty() || self.span.is_told()
    }

    /// The span that is over that of each run.
    pub(super) fn span(&self) -> BatchSpan {
        self.span.clone()
    }

    pub(super) fn end(&mut self) {
        if std::mem::replace(&mut self.has_ended, true) {
            return;
        }
        if self.counter.counts().open() > 0 {
            // Nobody waits for them, so they are dropped.
            self.counter.change(|counts| {
                counts.cancelled += counts.open();
                counts.running = 0;
            });
        }
        let counts = self.counter.counts();
        let ended = EventKind::BatchEnded {
            succeeded: counts.succeeded,
            failed: counts.failed,
            cancelled: counts.cancelled,
            duration: self.began.elapsed(),
        };
        self.emit(ended);
    }

    fn emit(&self, kind: EventKind<'_>) {
        let event = Event::now(&self.workflow, None, kind);
        self.span.tell(&event);
        for message in self.audience.tell(&event) {
            self.emit(EventKind::ObserverPanicked { message: &message });
        }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.end();
    }
}
