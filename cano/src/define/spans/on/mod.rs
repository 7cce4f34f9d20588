//! The spans of a run.
//!
//! They are entered before each poll and left after it, never across an await: so two runs on one thread do not show in
//! each other's spans, and what a task logs stands under its attempt. Which spans those are may change in the middle of
//! a poll, when the run moves on.

mod batch;
mod given;
mod log;
mod phase;
mod stack;

use std::sync::{Mutex, MutexGuard, PoisonError};

use tracing::{Level, Span, enabled, level_filters::LevelFilter};

pub(crate) use self::{batch::BatchSpan, given::GivenSpan};
use self::{
    log::log,
    stack::{Depth, Stack},
};
use crate::define::{
    error::CanoError,
    event::{Event, EventKind},
};

/// The target of every span and event of ours.
const TARGET: &str = "cano";

/// A span of ours: with its name for OpenTelemetry, if it has one, and fields for how what stands in it ends.
macro_rules! span {
    ($(parent: $parent:expr,)? $name:literal, named: $otel:expr $(, $($fields:tt)+)?) => {
        tracing::info_span!(
            target: TARGET,
            $(parent: $parent,)?
            $name,
            $($($fields)+,)?
            "otel.name" = $otel,
            "otel.status_code" = tracing::field::Empty,
            "error.type" = tracing::field::Empty
        )
    };
}
use span;

/// The spans of a run, or of a part of it.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    /// `None` where no subscriber wants any.
    stack: Option<Mutex<Stack>>,
    /// Whether one wants more than the failures.
    are_close: bool,
    /// Whether they are named for OpenTelemetry.
    are_named: bool,
}

impl Spans {
    /// The spans of a run, in the span that it or its workflow was given. `None` where no subscriber wants any: so
    /// such a run costs nothing more, whatever it does.
    pub(crate) fn of_run(
        of_workflow: &GivenSpan,
        of_run: Option<&GivenSpan>,
        workflow: &str,
    ) -> Option<Self> {
        if LevelFilter::current() == LevelFilter::OFF {
            return None;
        }
        let given = of_run.filter(|given| given.span().is_some()).unwrap_or(of_workflow);
        let are_named = given.are_named() || of_run.is_some_and(GivenSpan::are_named);
        Self::wanted(given.span(), are_named, workflow)
    }

    #[cold]
    fn wanted(given: Option<&Span>, are_named: bool, workflow: &str) -> Option<Self> {
        let root = given.cloned().unwrap_or_else(|| span!("workflow", named: are_named.then_some(workflow)));
        // Asked within the span, since a filter may go by it.
        let (are_close, are_failures) =
            root.in_scope(|| (enabled!(target: TARGET, Level::INFO), enabled!(target: TARGET, Level::ERROR)));
        if root.is_disabled() && !are_failures {
            return None;
        }
        Some(Self { stack: Some(Mutex::new(Stack::new(root))), are_close, are_named })
    }

    /// Those of one of several tasks at once, or of an undo: they come and go while the run's stay.
    pub(crate) fn part(&self) -> Self {
        let stack = self.stack.as_ref().map(|_| Mutex::default());
        Self { stack, are_close: self.are_close, are_named: self.are_named }
    }

    /// For a run within this one, which makes its own.
    pub(crate) fn handed_on(&self) -> GivenSpan {
        GivenSpan::within(None, self.are_named)
    }

    /// Whether every step is of use, not only what fails.
    pub(crate) fn are_close(&self) -> bool {
        self.are_close
    }

    /// Polls within the spans that are open.
    pub(crate) fn within<R>(&self, poll: impl FnOnce() -> R) -> R {
        match &self.stack {
            Some(stack) => Stack::within(stack, poll),
            None => poll(),
        }
    }

    /// Opens the spans that what happened stands in, logs it, and closes those that end with it.
    pub(crate) fn tell(&self, event: &Event<'_>, is_part: bool) {
        let Some(mut stack) = self.stack() else { return };
        if self.are_close {
            before(&mut stack, event, is_part, self.are_named);
        }
        drop(stack);
        self.within(|| log(event));
        if let Some(mut stack) = self.stack() {
            after(&mut stack, event, self.are_close, self.are_named);
        }
    }

    /// Closes all but the outermost one.
    pub(crate) fn leave(&self, error: Option<&CanoError>) {
        if let Some(mut stack) = self.stack() {
            stack.close(Depth::State, error);
        }
    }

    fn stack(&self) -> Option<MutexGuard<'_, Stack>> {
        self.stack.as_ref().map(|stack| stack.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What precedes the words.
fn before(stack: &mut Stack, event: &Event<'_>, is_part: bool, are_named: bool) {
    match event.kind {
        EventKind::AttemptSucceeded { .. } | EventKind::AttemptFailed { .. } => {
            stack.close(Depth::Phase, None)
        }
        EventKind::StateEntered { is_exit: true, .. } => stack.close(Depth::State, None),
        EventKind::StateEntered { state, .. } => {
            stack.open(Depth::State, || span!("task_execution", named: are_named.then_some(state), %state))
        }
        EventKind::UndoStarted { state, .. } => {
            stack.open(Depth::State, || span!("undo", named: are_named.then_some(state), %state))
        }
        EventKind::AttemptStarted { attempt, max_attempts } if !stack.has(Depth::Retries) => {
            // Several tasks at once are told apart here.
            let task = is_part.then(|| tracing::field::display(attempt.task));
            stack.open(Depth::Retries, || {
                let name = are_named.then_some(attempt.task);
                span!("run_with_retries", named: name, task, item = attempt.item, max_attempts)
            });
        }
        _ => {}
    }
}

/// What follows the words.
fn after(stack: &mut Stack, event: &Event<'_>, are_close: bool, are_named: bool) {
    match event.kind {
        EventKind::AttemptStarted { attempt, .. } if are_close => {
            let name = are_named.then_some(attempt.task);
            stack.open(Depth::Attempt, || span!("task_attempt", named: name, attempt = attempt.number));
        }
        EventKind::AttemptSucceeded { .. } => stack.close(Depth::Retries, None),
        // The next attempt is one of the same task.
        EventKind::AttemptFailed { error, next_delay: Some(_), .. } => {
            stack.close(Depth::Attempt, Some(error))
        }
        EventKind::AttemptFailed { error, next_delay: None, .. } => stack.close(Depth::Retries, Some(error)),
        EventKind::Caught { error, .. } => stack.close(Depth::State, Some(error)),
        EventKind::Undone { error, .. } => stack.close(Depth::State, error),
        EventKind::RunEnded { end, .. } => stack.close(Depth::Run, end.error()),
        _ => {}
    }
}
