use std::time::Duration;

use super::{Attempt, RunEnding, ScheduleEvent};
use crate::define::{error::CanoError, run_id::RunId};

/// What happened.
///
/// The events of a run begin with `RunStarted`. For each state there is `StateEntered`, then the attempts of its tasks,
/// then the `Transition` that leaves it. Every run ends with exactly one `RunEnded`. After `AttemptStarted` comes
/// `AttemptSucceeded` or `AttemptFailed`, unless the attempt is cut short: by the end of its run, or because another
/// task of the same state failed or, in an `any`, succeeded.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum EventKind<'a> {
    /// A run began.
    RunStarted {
        /// The state in which it begins.
        state: &'a str,
        /// Among several concurrent runs, the number of this one, counted from 0.
        index: Option<usize>,
        /// The outer run, if this run is a task of another workflow.
        parent: Option<RunId>,
    },
    /// The run entered a state: the first one, or the one that a transition led to.
    StateEntered {
        /// The state.
        state: &'a str,
        /// How many transitions the run has made so far.
        visit: u64,
        /// Whether the run ends here.
        is_exit: bool,
    },
    /// An attempt of a task began.
    AttemptStarted {
        /// Which one.
        attempt: Attempt<'a>,
        /// How many attempts there may be in all; `u32::MAX` if only the [backoff](crate::TaskConfig::with_backoff)
        /// knows.
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
        /// The delay before the next attempt; `None` if this was the last one.
        next_delay: Option<Duration>,
    },
    /// An attempt succeeded.
    AttemptSucceeded {
        /// Which one.
        attempt: Attempt<'a>,
        /// How long it took.
        duration: Duration,
    },
    /// A `#[catch]` takes the last error of a state, and leads to the next state; the transition follows.
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
        /// The pattern of the outcome, as in the table, if only one leads from this state to that; the builder has no
        /// outcomes.
        outcome: Option<&'a str>,
        /// Whether an error led there, through a `#[catch]`.
        is_caught: bool,
        /// How long the run was in the state that it left, including all attempts and waits.
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
        /// How long that took, including all attempts and waits.
        duration: Duration,
        /// Why it could not be undone.
        error: Option<&'a CanoError>,
    },
    /// A task reported its progress, by [`Cx::progress`](crate::Cx::progress).
    Progress {
        /// The attempt that reported it.
        attempt: Attempt<'a>,
        /// How much is done.
        done: u64,
        /// How much there is to do.
        total: u64,
    },
    /// A run ended.
    RunEnded {
        /// The state it was in; empty before its first state.
        state: &'a str,
        /// How.
        end: RunEnding<'a>,
        /// How long it was in that state, including all attempts and waits, without its undos.
        in_state: Duration,
        /// How long the run took, including its undos.
        duration: Duration,
    },
    /// Several concurrent runs of one workflow begin.
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
    /// Something happened to a schedule.
    Schedule {
        /// The id of the schedule; empty for what concerns all of them.
        id: &'a str,
        /// What.
        event: ScheduleEvent<'a>,
    },
    /// An observer panicked: it has a bug, and receives no further events of this run.
    ObserverPanicked {
        /// The panic's message.
        message: &'a str,
    },
}
