//! What `workflow!` implements for the enum of a table.

use std::future::Future;

use super::CheckedWorkflow;
use crate::define::{
    cx::Cx,
    error::CanoError,
    retry::TaskConfig,
    table::{Table, TableSchedule},
    task::BoxFuture,
    undo::Undo,
};

/// The states of a table, which `workflow!` writes: an enum whose values are where a run stands, with its data.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the enum of a `workflow!`",
    label = "not a table's states"
)]
pub trait States: Sized {
    /// The exits.
    type Exit;
    /// The store that the tasks share.
    type Store: ?Sized + Sync;
    /// The instances of the tasks that have fields.
    type Tasks: Send + Sync;
    /// What the undo of a step that is done is given.
    type Undo: Undo;
    /// The table as data.
    const TABLE: &'static Table;
    /// Whether any row has an undo.
    const UNDOES: bool = false;
    /// Whether any task is a run that has an undo.
    const HOSTS: bool = false;

    /// This state's place in the table.
    fn index(&self) -> u32;

    /// A run from this state, by the loop of `drive!`.
    fn drive(
        start: Self,
        workflow: &CheckedWorkflow<Self>,
        store: &Self::Store,
        cx: &Cx,
        done: &<Self::Undo as Undo>::Journal,
    ) -> impl Future<Output = Result<Self::Exit, CanoError>> + Send;

    /// How often a failed attempt is repeated; `None` where the step has seen to that itself.
    fn policy(&self, tasks: &Self::Tasks) -> Option<TaskConfig>;

    /// Where an error leads after the last attempt, or the error back.
    fn catch(self, error: CanoError) -> Result<Self, CanoError> {
        Err(error)
    }

    /// One attempt to undo a step. A table with `#[undo]` has its own.
    fn undo<'a>(
        _: &'a CheckedWorkflow<Self>,
        _: &'a Self::Undo,
        _: &'a Self::Store,
        _: &'a Cx,
    ) -> BoxFuture<'a, Result<(), CanoError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    /// How often a failed attempt of an undo is repeated.
    fn undo_policy(_: &CheckedWorkflow<Self>, _: &Self::Undo) -> TaskConfig {
        TaskConfig::minimal()
    }
}

/// The state in which the next step begins.
///
/// It is noted before the step takes the state apart: a store to `cx` between its fields and the task would have the
/// fields go by way of memory.
#[doc(hidden)]
#[inline]
pub fn enter<S: States>(cx: &Cx, state: S) -> S {
    cx.enter(state.index());
    state
}

/// A table whose start state has no fields, so that a run needs nothing to begin.
///
/// It is the table's, beside what [its workflow](super::BeginsAlone) has: of two traits that one type lacks, rustc
/// speaks of the one that is asked for, and a schedule asks for a workflow that it can run.
#[diagnostic::on_unimplemented(
    message = "the start state of `{Self}` has fields",
    label = "a run cannot begin without their values",
    note = "use `orchestrate_from({Self}::Start {{ .. }}, &store)` with the start state's name, or `{Self}::run(.., &store)`",
    note = "a schedule takes `{Self}::workflow().with_inputs(|slot| ({Self}::Start {{ .. }}, store))`"
)]
pub trait StartWithoutFields: States {
    /// The start state.
    fn start() -> Self;
}

/// A table that says when it is to run.
#[diagnostic::on_unimplemented(
    message = "the table `{Self}` does not say when it is to run",
    label = "a table without `#[schedule(..)]`",
    note = "write `#[schedule(\"0 9 * * *\")]` before its `enum`, or say it here: `scheduler.cron(id, workflow, \"0 9 * * *\")`"
)]
pub trait Scheduled: States {
    /// When.
    const SCHEDULE: TableSchedule;
}

/// A table that may be a task of another: its inputs are the fields of its start state, which can be cloned.
pub trait Nested: States<Exit: Send> + Send {
    /// The fields, lent.
    type Input<'a>: Copy + Send
    where
        Self: 'a;

    /// The start state.
    fn enter(input: Self::Input<'_>) -> Self;
}
