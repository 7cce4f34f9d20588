//! The builder's workflow as a machine.

use std::num::NonZeroU64;

use crate::{
    define::{
        cx::{Cx, Names, RunId},
        error::{CanoError, Name, UnregisteredState},
        retry::TaskConfig,
        state::State,
        step::Next,
        workflow::{Entry, Workflow, state_name},
    },
    run::{drive::run, machine::Machine},
};

impl<S: State, Store: ?Sized + Send + Sync + 'static> Workflow<S, Store> {
    /// One run, from the start state to an exit state, which it yields.
    ///
    /// # Errors
    ///
    /// The error of the state in which the run ended, as [`CanoError`] says.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the run where it stands, and all that it started.
    pub fn orchestrate(&self, store: &Store) -> impl Future<Output = Result<S, CanoError>> + Send {
        self.orchestrate_from(self.start.clone(), store)
    }

    /// One run, from `state` to an exit state, which it yields.
    ///
    /// # Errors
    ///
    /// The error of the state in which the run ended, as [`CanoError`] says.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the run where it stands, and all that it started.
    pub fn orchestrate_from(
        &self,
        state: S,
        store: &Store,
    ) -> impl Future<Output = Result<S, CanoError>> + Send {
        run(self, state, store, RunId::next())
    }

    fn entry(&self, state: &S) -> Option<(u32, &Entry<S, Store>)> {
        let index = *self.index.get(state)?;
        Some((index, &self.entries[index as usize]))
    }

    /// One attempt in `state`.
    async fn step(&self, state: S, store: &Store, cx: &Cx) -> Next<S, S> {
        let Some((index, entry)) = self.entry(&state) else {
            let error = self.unregistered(&state, cx);
            return Next::Failed(state, error);
        };
        if entry.is_exit {
            return Next::Exit(state);
        }
        let Some(task) = &entry.task else {
            unreachable!("a state is made by a task or as an exit");
        };
        cx.enter(index);
        match task.attempt(store, cx).await {
            Ok(next) => Next::State(next),
            Err(error) => Next::Failed(state, error),
        }
    }

    #[cold]
    fn unregistered(&self, state: &S, cx: &Cx) -> CanoError {
        let from = Some(cx.place().state).filter(|from| !from.is_empty());
        let workflow = self.names.workflow.clone();
        CanoError::UnregisteredState(UnregisteredState::new(workflow, state_name(state), from))
    }
}

impl<S: State, Store: ?Sized + Send + Sync + 'static> Machine for Workflow<S, Store> {
    type State = S;
    type Exit = S;
    type Store = Store;

    async fn drive(&self, mut state: S, store: &Store, cx: &Cx) -> Result<S, CanoError> {
        crate::__drive!(self, cx, state, self.step(state, store, cx).await)
    }

    fn policy(&self, state: &S) -> Option<TaskConfig> {
        let (_, entry) = self.entry(state)?;
        Some(entry.task.as_ref()?.config())
    }

    fn catch(&self, _: S, error: CanoError) -> Result<S, CanoError> {
        Err(error)
    }

    fn state_name(&self, state: &S) -> Name {
        Name::Owned(state_name(state))
    }

    fn names(&self) -> Names {
        Names::Workflow(self.names.clone())
    }

    fn transition_limit(&self) -> Option<NonZeroU64> {
        self.transition_limit
    }
}
