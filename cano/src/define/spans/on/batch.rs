use tracing::{Span, info, info_span};

use super::{GivenSpan, TARGET, span};
use crate::define::event::{Event, EventKind};

/// The span of several runs at once.
#[derive(Clone, Debug)]
pub(crate) struct BatchSpan {
    span: Span,
    are_named: bool,
}

impl BatchSpan {
    pub(crate) fn new(given: &GivenSpan) -> Self {
        let span = given.span().cloned();
        Self {
            span: span.unwrap_or_else(|| info_span!(target: TARGET, "concurrent_workflow")),
            are_named: given.are_named(),
        }
    }

    /// The span of one of the runs.
    pub(crate) fn run(&self, index: usize, workflow: &str) -> GivenSpan {
        if self.span.is_disabled() {
            return GivenSpan::none();
        }
        let span = span!(parent: &self.span, "workflow", named: self.are_named.then_some(workflow), index);
        GivenSpan::within(Some(span), self.are_named)
    }

    pub(crate) fn is_told(&self) -> bool {
        !self.span.is_disabled()
    }

    pub(crate) fn tell(&self, event: &Event<'_>) {
        let _entered = self.span.enter();
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
            }
            _ => super::log(event),
        }
    }
}
