//! The builder's workflow as a machine.

use std::task::Poll;

use crate::{
    define::{
        cx::Cx,
        error::{CanoError, Name, UnregisteredState},
        limit::Limit,
        names::Names,
        options::{RunOptions, Settings},
        retry::TaskConfig,
        state::State,
        step::Next,
        task::BoxFuture,
        undo::{Done, DoneSteps},
        workflow::{Entry, Registered, Workflow, state_name},
    },
    run::{bounds::Bounds, drive::run, machine::Machine, recent::Recent, timed::timed},
};

impl<S: State, Store: ?Sized + Send + Sync + 'static> Workflow<S, Store> {
    /// Runs from the start state to an exit state, and returns that.
    ///
    /// # Errors
    ///
    /// A [`CanoError`], which says in which state the run failed, and why.
    ///
    /// # Panics
    ///
    /// Where the workflow has a timeout, and it is polled outside of a tokio runtime, which has the timers.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the run where it stands, together with everything it started. Its undos do not run.
    pub fn orchestrate(&self, store: &Store) -> impl Future<Output = Result<S, CanoError>> + Send {
        self.orchestrate_from(self.start.clone(), store)
    }

    /// Runs from `state` to an exit state, and returns that.
    ///
    /// # Errors
    ///
    /// A [`CanoError`], which says in which state the run failed, and why.
    ///
    /// # Panics
    ///
    /// Where the workflow has a timeout, and it is polled outside of a tokio runtime, which has the timers.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the run where it stands, together with everything it started. Its undos do not run.
    pub fn orchestrate_from(
        &self,
        state: S,
        store: &Store,
    ) -> impl Future<Output = Result<S, CanoError>> + Send {
        run(self, state, store, Bounds::new(&self.settings, None), |end| end)
    }

    /// Runs from `state` to an exit state, with options: a cancellation token, a timeout, a deadline, observers.
    ///
    /// # Errors
    ///
    /// A [`CanoError`], which says in which state the run failed, and why; [`Cancelled`](CanoError::Cancelled) or
    /// [`DeadlineExceeded`](CanoError::DeadlineExceeded) if the options ended it.
    ///
    /// # Panics
    ///
    /// If the run has a timeout or a deadline and is polled outside of a tokio runtime, which has the timer.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the run where it stands, together with everything it started. Its undos do not run.
    pub fn orchestrate_with(
        &self,
        state: S,
        store: &Store,
        options: RunOptions,
    ) -> impl Future<Output = Result<S, CanoError>> + Send {
        run(self, state, store, Bounds::new(&self.settings, Some(options)), |end| end)
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
        // The state whose task succeeded last.
        let mut last = None;
        let mut recent = Recent::new(store, cx);
        crate::__drive!(self, cx, state, {
            match self.entry_after(last, &state) {
                Some((_, entry)) if entry.is_exit => Next::Exit(state),
                Some((index, entry @ Entry { task: Some(task), limit, undo, .. })) => {
                    cx.enter(index);
                    last = Some(entry);
                    let attempted = match limit {
                        None => {
                            // Most attempts do not wait, and those need no timeout.
                            match recent.begin(index, task).await {
                                Poll::Ready(end) => end,
                                Poll::Pending => timed(cx, || task.timeout(), recent.rest(index)).await,
                            }
                        }
                        Some(limit) => attempt_within(&**limit, &**task, store, cx).await,
                    };
                    match attempted {
                        Ok(next) => {
                            if undo.is_some() {
                                done.push(cx, index);
                            }
                            Next::State(next)
                        }
                        Err(error) => {
                            recent.drop_attempt(index);
                            // The state comes back for another attempt: it does not follow itself.
                            last = None;
                            Next::Failed(state, error)
                        }
                    }
                }
                _ => {
                    let error = self.unregistered(&state, cx);
                    Next::Failed(state, error)
                }
            }
        })
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
            timed(cx, || undo.timeout(), undo.attempts(store, cx)).await
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

/// One attempt of a task behind a limit. It is boxed, so that the future of a run without one has no place for it.
fn attempt_within<'a, S: Send, Store: ?Sized + Sync>(
    limit: &'a dyn Limit,
    task: &'a dyn Registered<S, Store>,
    store: &'a Store,
    cx: &'a Cx,
) -> BoxFuture<'a, Result<S, CanoError>> {
    Box::pin(async move {
        crate::__limited!(limit, cx, timed(cx, || task.timeout(), task.attempts(store, cx)).await)
    })
}
