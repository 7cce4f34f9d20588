use std::sync::{Mutex, PoisonError};

use tracing::Span;

use crate::define::error::CanoError;

/// How deep a span stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    Run,
    State,
    Retries,
    Attempt,
    Phase,
}

/// The spans that are open, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    /// Whether a poll is going on within them.
    are_entered: bool,
}

#[derive(Debug)]
struct Open {
    depth: Depth,
    span: Span,
}

impl Stack {
    pub(super) fn new(root: Span) -> Self {
        let root = Open { depth: Depth::Run, span: root };
        Self { open: vec![root], are_entered: false }
    }

    pub(super) fn has(&self, depth: Depth) -> bool {
        self.open.iter().any(|open| open.depth == depth)
    }

    /// Opens a span in place of what is open at its depth and below.
    pub(super) fn open(&mut self, depth: Depth, span: impl FnOnce() -> Span) {
        self.close(depth, None);
        // A span is made within those that are entered now: they are the ones over it. The enclosing state stays
        // current for a part's, since a part is polled within its run.
        let span = if self.are_entered { span() } else { self.scoped(span) };
        if self.are_entered {
            enter(&span);
        }
        self.open.push(Open { depth, span });
    }

    /// Closes what is open at this depth and below.
    pub(super) fn close(&mut self, depth: Depth, error: Option<&CanoError>) {
        while let Some(Open { span, .. }) = self.open.pop_if(|open| open.depth >= depth) {
            // At the end, so that it does not stand in each line of a log.
            span.record("otel.status_code", if error.is_some() { "ERROR" } else { "OK" });
            if let Some(error) = error {
                span.record("error.type", error.label());
            }
            if self.are_entered {
                exit(&span);
            }
        }
    }

    /// Polls within the spans that are open, unless that is going on already.
    pub(super) fn within<R>(stack: &Mutex<Self>, poll: impl FnOnce() -> R) -> R {
        let _entered = Entered::new(stack);
        poll()
    }

    fn scoped<R>(&self, f: impl FnOnce() -> R) -> R {
        match self.open.last() {
            Some(innermost) => innermost.span.in_scope(f),
            None => f(),
        }
    }
}

/// Leaves the spans when it is dropped, also by a panic.
struct Entered<'a>(&'a Mutex<Stack>);

impl<'a> Entered<'a> {
    fn new(stack: &'a Mutex<Stack>) -> Option<Self> {
        let mut spans = stack.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut spans.are_entered, true) {
            return None;
        }
        spans.open.iter().for_each(|open| enter(&open.span));
        Some(Self(stack))
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        let mut spans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spans.open.iter().rev().for_each(|open| exit(&open.span));
        spans.are_entered = false;
    }
}

// Not `Span::enter`: its guard borrows the span, which lives in the stack.
fn enter(span: &Span) {
    span.with_subscriber(|(id, subscriber)| subscriber.enter(id));
}

fn exit(span: &Span) {
    span.with_subscriber(|(id, subscriber)| subscriber.exit(id));
}
