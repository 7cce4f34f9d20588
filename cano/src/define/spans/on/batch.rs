use tracing::{Span, field::Empty, info, info_span};

use super::{GivenSpan, TARGET};
use crate::define::event::{Event, EventKind};

/// The span of several runs at once.
#[derive(Clone, Debug)]
pub(crate) struct BatchSpan(Span);

impl BatchSpan {
    pub(crate) fn new(given: &GivenSpan) -> Self {
        let made = || info_span!(target: TARGET, "concurrent_workflow", "otel.name" = Empty);
        Self(given.span().cloned().unwrap_or_else(made))
    }

    /// The span of one of the runs.
    pub(crate) fn run(&self, index: usize) -> GivenSpan {
        if self.0.is_disabled() {
            return GivenSpan::none();
        }
        GivenSpan::new(info_span!(
            target: TARGET,
            parent: &self.0,
            "workflow",
            index,
            "otel.name" = Empty,
            "otel.status_code" = Empty,
            "error.type" = Empty
        ))
    }

    pub(crate) fn is_told(&self) -> bool {
        !self.0.is_disabled()
    }

    pub(crate) fn tell(&self, event: &Event<'_>) {
        let _entered = self.0.enter();
        match event.kind {
            EventKind::BatchStarted { total } => {
                info!(target: TARGET, workflow = %event.workflow, total, "Starting concurrent workflow execution");
            }
            EventKind::BatchEnded { succeeded, failed, cancelled, duration } => {
                info!(
                    target: TARGET,
                    completed = succeeded,
                    failed,
                    cancelled,
                    ?duration,
                    "Concurrent workflow execution completed"
                );
                self.0.record("otel.name", event.workflow);
            }
            _ => super::log(event),
        }
    }
}
