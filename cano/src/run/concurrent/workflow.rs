use std::{
    borrow::Borrow,
    fmt,
    num::{NonZeroU64, NonZeroUsize},
    sync::Arc,
    time::Duration,
};

use super::{ConcurrentRuns, ConcurrentWorkflowStatus, Inputs, WaitStrategy, WorkflowResult};
use crate::{
    define::{
        error::CanoError,
        event::Observer,
        limit::Limit,
        state::State,
        store::MemoryStore,
        workflow::{IntoTask, Workflow},
    },
    run::checked::{CheckedWorkflow, States},
};

/// A [`Workflow`] that is run for many stores concurrently.
///
/// It is built as a [`Workflow`] is, or made from one by [`From`]. (For the workflow of a table, and for other inputs,
/// see `concurrent` of [`CheckedWorkflow`] and of [`Workflow`].)
///
/// ```
/// use cano::{ConcurrentWorkflow, WaitStrategy, prelude::*};
///
/// #[task]
/// async fn double(store: &MemoryStore) -> CanoResult<&'static str> {
///     let n: u32 = store.get("n")?;
///     store.put("n", n * 2)?;
///     Ok("doubled")
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> CanoResult<()> {
/// let mut workflow = ConcurrentWorkflow::new("start");
/// workflow.register("start", double {}).add_exit_state("doubled");
/// let stores: Vec<_> = (0..3_u32)
///     .map(|n| {
///         let store = MemoryStore::new();
///         store.put("n", n).map(|()| store)
///     })
///     .collect::<Result<_, _>>()?;
/// let (results, status) = workflow.execute_concurrent(stores.clone(), WaitStrategy::WaitForever).await?;
/// assert_eq!((results.len(), status.completed), (3, 3));
/// assert_eq!(stores[2].get::<u32>("n")?, 4);
/// # Ok(())
/// # }
/// ```
pub struct ConcurrentWorkflow<S, Store: ?Sized = MemoryStore> {
    pub(crate) workflow: Workflow<S, Store>,
    limit: Option<NonZeroUsize>,
}

impl<S: State, Store: ?Sized + Send + Sync + 'static> ConcurrentWorkflow<S, Store> {
    /// A workflow whose runs begin in `start`.
    #[must_use]
    pub fn new(start: S) -> Self {
        Workflow::new(start).into()
    }

    /// As [`Workflow::with_name`].
    #[must_use]
    pub fn with_name(mut self, name: impl Into<std::borrow::Cow<'static, str>>) -> Self {
        self.workflow = self.workflow.with_name(name);
        self
    }

    /// As [`Workflow::with_transition_limit`]: for each run.
    #[must_use]
    pub fn with_transition_limit(mut self, limit: NonZeroU64) -> Self {
        self.workflow = self.workflow.with_transition_limit(limit);
        self
    }

    /// Sets how many runs there may be at a time. By default there is no limit.
    #[must_use]
    pub fn with_limit(mut self, limit: NonZeroUsize) -> Self {
        self.limit = Some(limit);
        self
    }

    /// As [`Workflow::with_timeout`]: for each run.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.workflow = self.workflow.with_timeout(timeout);
        self
    }

    /// As [`Workflow::with_undo_timeout`]: for each run.
    #[must_use]
    pub fn with_undo_timeout(mut self, timeout: Duration) -> Self {
        self.workflow = self.workflow.with_undo_timeout(timeout);
        self
    }

    /// As [`Workflow::with_observer`]: it is told of all the runs.
    #[must_use]
    pub fn with_observer(mut self, observer: impl Observer) -> Self {
        self.workflow = self.workflow.with_observer(observer);
        self
    }

    /// As [`Workflow::register`].
    pub fn register<M>(&mut self, state: S, task: impl IntoTask<S, Store, M>) -> &mut Self {
        self.workflow.register(state, task);
        self
    }

    /// As [`Workflow::undo_by`].
    pub fn undo_by<M>(&mut self, state: S, undo: impl IntoTask<(), Store, M>) -> &mut Self {
        self.workflow.undo_by(state, undo);
        self
    }

    /// As [`Workflow::limit_by`].
    pub fn limit_by(&mut self, state: S, limit: impl Limit + 'static) -> &mut Self {
        self.workflow.limit_by(state, limit);
        self
    }

    /// As [`Workflow::add_exit_state`].
    pub fn add_exit_state(&mut self, state: S) -> &mut Self {
        self.workflow.add_exit_state(state);
        self
    }

    /// As [`Workflow::add_exit_states`].
    pub fn add_exit_states(&mut self, states: impl IntoIterator<Item = S>) -> &mut Self {
        self.workflow.add_exit_states(states);
        self
    }

    /// As [`Workflow::validate`].
    ///
    /// # Errors
    ///
    /// [`CanoError::Invalid`] with everything that is wrong with the definition.
    pub fn validate(&self) -> Result<(), CanoError> {
        self.workflow.validate()
    }

    /// The workflow that is run.
    #[must_use]
    pub fn workflow(&self) -> &Workflow<S, Store> {
        &self.workflow
    }

    /// Makes one run for each store, all of them concurrently, or as many at a time as
    /// [`with_limit`](Self::with_limit) allows.
    ///
    /// `results[i]` is the result of the run over `stores[i]`. Runs that have not ended when `strategy` ends the wait
    /// are cancelled and awaited: when this returns, none of them is running. Without stores there are no runs.
    ///
    /// # Errors
    ///
    /// [`CanoError::Invalid`], before any run begins, if the workflow does not [`validate`](Self::validate). The error
    /// of a run is in its result.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops every run that has not ended; their undos do not run.
    ///
    /// # Panics
    ///
    /// If it is polled outside of a tokio runtime.
    pub async fn execute_concurrent<B>(
        &self,
        stores: Vec<B>,
        strategy: WaitStrategy,
    ) -> Result<(Vec<WorkflowResult<S>>, ConcurrentWorkflowStatus), CanoError>
    where
        B: Borrow<Store> + Send + Sync + 'static,
    {
        self.validate()?;
        Ok(self.runs(stores).execute(strategy).await)
    }

    /// One run for each of the inputs. The returned [`ConcurrentRuns`] can be limited, observed, awaited, or turned
    /// into a stream.
    pub fn runs<I: Inputs<Workflow<S, Store>>>(
        &self,
        inputs: I,
    ) -> ConcurrentRuns<Workflow<S, Store>, I::Store> {
        let runs = self.workflow.clone().concurrent(inputs);
        match self.limit {
            Some(limit) => runs.with_limit(limit),
            None => runs,
        }
    }
}

impl<S: State, Store: ?Sized + Send + Sync + 'static> Workflow<S, Store> {
    /// Several concurrent runs of this workflow: for a `Vec` of stores, or for `(states, store)`, where the store is in
    /// an `Arc` or is a `MemoryStore`.
    pub fn concurrent<I: Inputs<Self>>(self, inputs: I) -> ConcurrentRuns<Self, I::Store> {
        ConcurrentRuns::new(Arc::new(self), inputs)
    }
}

impl<T> CheckedWorkflow<T>
where
    T: States<Exit: Send + 'static> + Send + 'static,
{
    /// Several concurrent runs of this workflow: for `(states, store)`, where the store is in an `Arc` or is a
    /// `MemoryStore`, or, if the start state has no fields, for a `Vec` of stores.
    pub fn concurrent<I: Inputs<Self>>(self, inputs: I) -> ConcurrentRuns<Self, I::Store> {
        ConcurrentRuns::new(Arc::new(self), inputs)
    }
}

impl<S, Store: ?Sized> From<Workflow<S, Store>> for ConcurrentWorkflow<S, Store> {
    fn from(workflow: Workflow<S, Store>) -> Self {
        Self { workflow, limit: None }
    }
}

impl<S: Clone, Store: ?Sized> Clone for ConcurrentWorkflow<S, Store> {
    fn clone(&self) -> Self {
        Self { workflow: self.workflow.clone(), limit: self.limit }
    }
}

impl<S: fmt::Debug, Store: ?Sized> fmt::Debug for ConcurrentWorkflow<S, Store> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConcurrentWorkflow")
            .field("workflow", &self.workflow)
            .field("limit", &self.limit)
            .finish()
    }
}
