use std::{future::Future, num::NonZeroU64};

use crate::define::{
    cx::{Cx, Names},
    error::{CanoError, Name},
    retry::TaskConfig,
};

/// A checked definition: whatever can drive a run from state to state. It sits on the value of a workflow, a table's
/// and the builder's alike.
#[doc(hidden)]
pub trait Machine: Send + Sync {
    type State;
    type Exit;
    type Store: ?Sized + Sync;

    /// The loop of `drive!`, over this machine's steps.
    fn drive(
        &self,
        start: Self::State,
        store: &Self::Store,
        cx: &Cx,
    ) -> impl Future<Output = Result<Self::Exit, CanoError>> + Send;

    /// How often an attempt that failed in `state` is repeated; `None` where the step has seen to that itself.
    fn policy(&self, state: &Self::State) -> Option<TaskConfig>;

    /// Where an error leads after the last attempt, or the error back.
    fn catch(&self, state: Self::State, error: CanoError) -> Result<Self::State, CanoError>;

    /// The state's name.
    fn state_name(&self, state: &Self::State) -> Name;

    fn names(&self) -> Names;

    fn transition_limit(&self) -> Option<NonZeroU64>;
}
