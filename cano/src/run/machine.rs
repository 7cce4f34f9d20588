use std::future::Future;

use crate::define::{
    cx::Cx,
    error::{CanoError, Name},
    names::Names,
    options::Settings,
    retry::TaskConfig,
    task::BoxFuture,
    undo::Undo,
};

/// A checked definition: whatever can drive a run from state to state. It sits on the value of a workflow, a table's
/// and the builder's alike.
pub trait Machine: Send + Sync {
    /// Where a run stands, with its data.
    type State;
    /// Where a run ends.
    type Exit;
    /// The store that the tasks share.
    type Store: ?Sized + Sync;
    /// What the undo of a step that is done is given.
    type Undo: Undo;

    /// The loop of `drive!`, over this machine's steps.
    fn drive(
        &self,
        start: Self::State,
        store: &Self::Store,
        cx: &Cx,
        done: &<Self::Undo as Undo>::Journal,
    ) -> impl Future<Output = Result<Self::Exit, CanoError>> + Send;

    /// How often an attempt that failed in `state` is repeated; `None` where the step has seen to that itself.
    fn policy(&self, state: &Self::State) -> Option<TaskConfig>;

    /// Where an error leads after the last attempt, or the error back.
    fn catch(&self, state: Self::State, error: CanoError) -> Result<Self::State, CanoError>;

    /// One attempt to undo a step.
    fn undo<'a>(
        &'a self,
        step: &'a Self::Undo,
        store: &'a Self::Store,
        cx: &'a Cx,
    ) -> BoxFuture<'a, Result<(), CanoError>>;

    /// Whether any step, or any of a nested run, has an undo.
    fn undoes(&self) -> bool;

    /// Whether any task is a run that has an undo.
    fn hosts(&self) -> bool {
        false
    }

    /// How often a failed attempt of an undo is repeated.
    fn undo_policy(&self, step: &Self::Undo) -> TaskConfig;

    /// The state's place in the table; `u32::MAX` for one that nobody registered.
    fn state_index(&self, state: &Self::State) -> u32;

    /// The state's name.
    fn state_name(&self, state: &Self::State) -> Name;

    /// What the workflow, its states and tasks are called.
    fn names(&self) -> Names;

    /// What holds for each run, unless its options say otherwise.
    fn settings(&self) -> &Settings;
}
