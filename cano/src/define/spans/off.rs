//! Without the feature `tracing` there are no spans, and nothing of them is left.

use crate::define::{error::CanoError, event::Event};

/// The span that a workflow, or a run, was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct GivenSpan;

/// The spans of a run.
#[derive(Debug, Default)]
pub(crate) struct Spans;

impl GivenSpan {
    pub(crate) const fn none() -> Self {
        Self
    }

    /// This one, or else the other.
    pub(crate) fn or(self, _: &Self) -> Self {
        self
    }
}

impl Spans {
    pub(crate) fn of_run(_: &GivenSpan, _: Option<&GivenSpan>, _: &str) -> Option<Self> {
        None
    }

    pub(crate) fn part(&self) -> Self {
        Self
    }

    pub(crate) fn handed_on(&self) -> GivenSpan {
        GivenSpan
    }

    pub(crate) fn are_close(&self) -> bool {
        false
    }

    pub(crate) fn within<R>(&self, poll: impl FnOnce() -> R) -> R {
        poll()
    }

    pub(crate) fn tell(&self, _: &Event<'_>, _: bool) {}

    pub(crate) fn leave(&self, _: Option<&CanoError>) {}
}

/// The span of several runs at once.
#[derive(Clone, Debug)]
pub(crate) struct BatchSpan;

impl BatchSpan {
    pub(crate) fn new(_: &GivenSpan) -> Self {
        Self
    }

    /// The span of one of the runs.
    pub(crate) fn run(&self, _: usize, _: &str) -> GivenSpan {
        GivenSpan
    }

    pub(crate) fn is_told(&self) -> bool {
        false
    }

    pub(crate) fn tell(&self, _: &Event<'_>) {}
}

/// A phase of a node begins. An attempt that has no other use for its `Cx` does not keep it for this.
#[doc(hidden)]
#[macro_export]
macro_rules! __enter_phase {
    ($cx:expr, $name:literal) => {};
}
