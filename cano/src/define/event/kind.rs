use std::time::Duration;

use super::{Attempt, RunEnding, ScheduleEvent};
use crate::define::{cx::RunId, error::CanoError};

/// What happened.
///
/// In a run: `RunStarted`; for each state `StateEntered`, the attempts of its tasks, and the `Transition` that leaves
/// it; `RunEnded`, always, and once. An attempt that began has succeeded or failed, unless the run ended in the middle
/// of it, or a task at its side failed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum EventKind<'a> {
    /// A run began.
    RunStarted {
        /// The state in which it begins.
        state: &'a str,
        /// Which of several runs at once it is, counted from 0.
        index: Option<usize>,
        /// The run that it is an attempt of, where its workflow is a task of another.
        parent: Option<RunId>,
    },
    /// The run stands in a state: the first one, or the one that a transition led to.
    StateEntered {
        /// The state.
        state: &'a str,
        /// How many transitions the run has made.
        visit: u64,
        /// Whether the run ends here.
        is_exit: bool,
    },
    /// An attempt of a task began.
    AttemptStarted {
        /// Which one.
        attempt: Attempt<'a>,
        /// How many attempts there are at most; `u32::MAX` where only the
        /// [backoff](crate::TaskConfig::with_backoff) knows.
        max_attempts: u32,
    },
    /// An attempt failed.
    AttemptFailed {
        /// Which one.
        attempt: Attempt<'a>,
        /// How long it took.
        duration: Duration,
        /// Why.
        error: &'a CanoError,
        /// After which delay the next one begins; `None` if it was the last one.
        next_delay: Option<Duration>,
    },
    /// An attempt succeeded.
    AttemptSucceeded {
        /// Which one.
        attempt: Attempt<'a>,
        /// How long it took.
        duration: Duration,
    },
    /// A `#[catch]` takes the last error of a state, and names the next one; the transition follows.
    Caught {
        /// The state whose task failed.
        state: &'a str,
        /// Its last error.
        error: &'a CanoError,
        /// The next state.
        to: &'a str,
    },
    /// The run moved from one state to the next.
    Transition {
        /// The state that it left.
        from: &'a str,
        /// The state that it enters.
        to: &'a str,
        /// The outcome's pattern, as the table has it, where just one leads from the one state to the other; the
        /// builder has no outcomes.
        outcome: Option<&'a str>,
        /// Whether an error led there, by a `#[catch]`.
        is_caught: bool,
        /// How long the run was in the state that it left, with all attempts and waits.
        duration: Duration,
    },
    /// What a state did is to be undone, because the run failed later on.
    UndoStarted {
        /// The state whose work it was.
        state: &'a str,
        /// The task that undoes it.
        task: &'a str,
    },
    /// What a state did was undone, or could not be.
    Undone {
        /// The state whose work it was.
        state: &'a str,
        /// The task that undoes it.
        task: &'a str,
        /// How long that took, with all attempts and waits.
        duration: Duration,
        /// Why it could not be.
        error: Option<&'a CanoError>,
    },
    /// A task reported how far it is, by [`Cx::progress`](crate::Cx::progress).
    Progress {
        /// Of which attempt.
        attempt: Attempt<'a>,
        /// How much is done.
        done: u64,
        /// Of how much.
        total: u64,
    },
    /// A run ended.
    RunEnded {
        /// Where it stood; empty before its first state.
        state: &'a str,
        /// How.
        end: RunEnding<'a>,
        /// How long it was in that state, with all attempts and waits, without its undos.
        in_state: Duration,
        /// How long it took, with its undos.
        duration: Duration,
    },
    /// Several runs of one workflow begin.
    BatchStarted {
        /// How many.
        total: usize,
    },
    /// All of them have ended, or nobody waits for them any more.
    BatchEnded {
        /// How many reached an exit.
        succeeded: usize,
        /// How many failed.
        failed: usize,
        /// How many were cancelled or dropped, or never began.
        cancelled: usize,
        /// How long it took.
        duration: Duration,
    },
    /// Something of a schedule.
    Schedule {
        /// The schedule; empty for what is of all of them.
        id: &'a str,
        /// What.
        event: ScheduleEvent<'a>,
    },
    /// An observer panicked: it has a bug, and is told no more of this run.
    ObserverPanicked {
        /// The panic's message.
        message: &'a str,
    },
}
