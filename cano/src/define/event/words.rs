use std::fmt;

use super::{Event, EventKind, ScheduleEvent};
use crate::define::counted::Counted;

/// What happened as a line, without when and in which run.
impl fmt::Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            EventKind::RunStarted { state, .. } => {
                write!(f, "workflow `{}` starts in `{state}`", self.workflow)
            }
            EventKind::StateEntered { state, .. } => write!(f, "state `{state}` is entered"),
            EventKind::AttemptStarted { attempt, max_attempts: u32::MAX } => write!(f, "{attempt} begins"),
            EventKind::AttemptStarted { attempt, max_attempts } => {
                write!(f, "{attempt} of {max_attempts} begins")
            }
            EventKind::AttemptFailed { attempt, error, next_delay: Some(delay), .. } => {
                write!(f, "{attempt} failed, the next one begins after {delay:?}: {error:#}")
            }
            EventKind::AttemptFailed { attempt, error, next_delay: None, .. } => {
                write!(f, "{attempt}, the last one, failed: {error:#}")
            }
            EventKind::AttemptSucceeded { attempt, duration } => {
                write!(f, "{attempt} succeeded after {duration:?}")
            }
            EventKind::Caught { state, to, .. } => {
                write!(f, "state `{state}` caught its error, which leads to `{to}`")
            }
            EventKind::Transition { from, to, outcome: Some(on), .. } => {
                write!(f, "state `{from}` leads to `{to}` on `{on}`")
            }
            EventKind::Transition { from, to, outcome: None, .. } => {
                write!(f, "state `{from}` leads to `{to}`")
            }
            EventKind::UndoStarted { state, task } => write!(f, "task `{task}` undoes state `{state}`"),
            EventKind::Undone { state, error: None, .. } => write!(f, "state `{state}` is undone"),
            EventKind::Undone { state, error: Some(error), .. } => {
                write!(f, "state `{state}` is not undone: {error:#}")
            }
            EventKind::Progress { attempt, done, total } => write!(f, "{attempt} did {done} of {total}"),
            EventKind::RunEnded { end, duration, .. } => {
                write!(f, "workflow `{}` ended after {duration:?}: {}", self.workflow, end.label())?;
                end.error().map_or(Ok(()), |error| write!(f, ": {error:#}"))
            }
            EventKind::BatchStarted { total } => {
                write!(f, "{} of workflow `{}` begin", Counted(total as u64, "run"), self.workflow)
            }
            EventKind::BatchEnded { succeeded, failed, cancelled, duration } => write!(
                f,
                "the runs of workflow `{}` ended after {duration:?}: {succeeded} succeeded, {failed} failed, {cancelled} cancelled",
                self.workflow
            ),
            EventKind::Schedule { id: "", event } => write!(f, "the scheduler {event}"),
            EventKind::Schedule { id, event } => write!(f, "schedule `{id}` {event}"),
            EventKind::ObserverPanicked { message } => write!(f, "an observer panicked: {message}"),
        }
    }
}

impl fmt::Display for ScheduleEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fired { lag, .. } => write!(f, "fired {lag:?} after its slot"),
            Self::Skipped { reason, .. } => write!(f, "skipped a slot: {}", reason.label()),
            Self::Missed { slots } => write!(f, "missed {}", Counted(*slots, "slot")),
            Self::RunEnded { end, duration, .. } => {
                write!(f, "ended a run after {duration:?}: {}", end.label())
            }
            Self::Paused => f.write_str("is paused"),
            Self::Resumed => f.write_str("goes on"),
            Self::Tripped { failures } => {
                write!(f, "is paused after {}", Counted((*failures).into(), "failure"))
            }
            Self::TriggerPanicked { error } => write!(f, "fires no more: {error:#}"),
            Self::ClockPanicked { error } => write!(f, "goes by tokio's clock: {error:#}"),
            Self::ClockJumped { by, is_back } => {
                let way = if *is_back { "back" } else { "forward" };
                write!(f, "saw the clock set {way} by {by:?}")
            }
        }
    }
}
