//! The builder's workflow as a machine.

use crate::{
    define::{
        cx::{Cx, Names},
        error::{CanoError, Name, UnregisteredState},
        options::{RunOptions, Settings},
        retry::TaskConfig,
        state::State,
        step::Next,
        task::BoxFuture,
        undo::{Done, DoneSteps},
        workflow::{Entry, Workflow, state_name},
    },
    run::{bounds::Bounds, drive::run, machine::Machine},
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
        run(self, state, store, Bounds::new(&self.settings, None), |end| end)
    }

    /// One run from `state` to an exit state, which may be cancelled and has to be done in time.
    ///
    /// # Errors
    ///
    /// The error of the state in which the run ended, as [`CanoError`] says; also
    /// [`Cancelled`](CanoError::Cancelled) and [`DeadlineExceeded`](CanoError::DeadlineExceeded).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the run where it stands, and all that it started; its undos do not run.
    pub fn orchestrate_with(
        &self,
        state: S,
        store: &Store,
        options: RunOptions,
    ) -> impl Future<Output = Result<S, CanoError>> + Send {
        run(self, state, store, Bounds::new(&self.settings, Some(options)), |end| end)
    }

    fn entry(&self, state: &S) -> Option<(u32, &Entry<S, Store>)> {
        let index = *self.index.get(state)?;
        Some((index, &self.entries[index as usize]))
    }

    /// One attempt in `state`.
    async fn step(&self, state: S, store: &Store, cx: &Cx, done: &DoneSteps<u32>) -> Next<S, S> {
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
        let attempted = match &entry.limit {
            None => crate::__timed!(cx, task.timeout(), task.attempt(store, cx)),
            Some(limit) => {
                let attempt: BoxFuture<'_, _> = Box::pin(async {
                    crate::__limited!(
                        &**limit,
                        cx,
                        crate::__timed!(cx, task.timeout(), task.attempt(store, cx))
                    )
                });
                attempt.await
            }
        };
        match attempted {
            Ok(next) => {
                if entry.undo.is_some() {
                    done.push(cx, index);
                }
                Next::State(next)
            }
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
    /// The index of the state.
    type Undo = u32;

    async fn drive(
        &self,
        mut state: S,
        store: &Store,
        cx: &Cx,
        done: &DoneSteps<u32>,
    ) -> Result<S, CanoError> {
        crate::__drive!(self, cx, state, self.step(state, store, cx, done).await)
    }

    fn policy(&self, state: &S) -> Option<TaskConfig> {
        let (_, entry) = self.entry(state)?;
        Some(entry.task.as_ref()?.config())
    }

    fn catch(&self, _: S, error: CanoError) -> Result<S, CanoError> {
        Err(error)
    }

    fn undo<'a>(
        &'a self,
        step: &'a u32,
        store: &'a Store,
        cx: &'a Cx,
    ) -> BoxFuture<'a, Result<(), CanoError>> {
        Box::pin(async move {
            let Some(undo) = &self.entries[*step as usize].undo else { return Ok(()) };
            crate::__timed!(cx, undo.timeout(), undo.attempt(store, cx))
        })
    }

    fn undoes(&self) -> bool {
        self.entries.iter().any(|entry| entry.undo.is_some())
    }

    fn undo_policy(&self, step: &u32) -> TaskConfig {
        self.entries[*step as usize].undo.as_ref().map_or_else(TaskConfig::minimal, |undo| undo.config())
    }

    fn state_index(&self, state: &S) -> u32 {
        self.index.get(state).copied().unwrap_or(Names::NO_STATE)
    }

    fn state_name(&self, state: &S) -> Name {
        Name::Owned(state_name(state))
    }

    fn names(&self) -> Names {
        Names::Workflow(self.names.clone())
    }

    fn settings(&self) -> &Settings {
        &self.settings
    }
}
