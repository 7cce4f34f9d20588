use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tracing::{Level, Span, debug_span, level_filters::LevelFilter};

use super::TARGET;

/// Whether any subscriber wants the spans of a node's phases. It is asked once an attempt, because most do not.
#[inline]
pub fn phases_are_traced() -> bool {
    LevelFilter::current() >= Level::DEBUG
}

/// A phase of a node with its span, which is at DEBUG, below the attempt.
pub struct TracedPhase<F> {
    phase: Pin<Box<F>>,
    span: Span,
}

impl<F> TracedPhase<F> {
    /// In the span of the phase of this name.
    #[cold]
    pub fn new(name: &str, phase: F) -> Self {
        // A span's name is a constant.
        let span = match name {
            "prep" => debug_span!(target: TARGET, "prep"),
            "exec" => debug_span!(target: TARGET, "exec"),
            "post" => debug_span!(target: TARGET, "post"),
            _ => debug_span!(target: TARGET, "exec_fallback"),
        };
        Self { phase: Box::pin(phase), span }
    }
}

impl<F: Future> Future for TracedPhase<F> {
    type Output = F::Output;

    #[cold]
    fn poll(mut self: Pin<&mut Self>, waker: &mut Context<'_>) -> Poll<F::Output> {
        let Self { phase, span } = &mut *self;
        span.in_scope(|| phase.as_mut().poll(waker))
    }
}

/// Awaits a phase of a node, in its span where those are traced.
#[doc(hidden)]
#[macro_export]
macro_rules! __in_phase {
    ($are_traced:ident, $name:literal, $phase:expr) => {
        if $are_traced { $crate::__private::TracedPhase::new($name, $phase).await } else { $phase.await }
    };
}
