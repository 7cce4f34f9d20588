mod entry;
mod faults;
mod names;
mod registered;

use std::{any::type_name, collections::HashMap, fmt, num::NonZeroU64, sync::Arc, time::Duration};

use self::names::short_name;
pub use self::registered::IntoTask;
pub(crate) use self::{entry::Entry, names::state_name, registered::Registered};
use crate::define::{
    cx::WorkflowNames,
    error::{CanoError, InvalidWorkflow, Name},
    event::Observer,
    limit::Limit,
    options::Settings,
    state::State,
    store::MemoryStore,
};

/// A workflow that is put together at run time: states, a task for each, and exit states.
///
/// Where the states are known when the program is written, prefer [`workflow!`](macro@crate::workflow): the compiler
/// checks its table, and nothing is looked up while it runs. This one is checked by [`validate`](Self::validate) and
/// as far as a run gets.
///
/// ```
/// use cano::prelude::*;
///
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// enum Step { Count, Done }
///
/// #[task]
/// async fn count(store: &MemoryStore) -> CanoResult<Step> {
///     store.put("n", 1_u32)?;
///     Ok(Step::Done)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> CanoResult<()> {
/// let mut workflow = Workflow::new(Step::Count);
/// workflow.register(Step::Count, count {}).add_exit_state(Step::Done);
/// workflow.validate()?;
/// let store = MemoryStore::new();
/// assert_eq!(workflow.orchestrate(&store).await?, Step::Done);
/// # Ok(())
/// # }
/// ```
pub struct Workflow<S, Store: ?Sized = MemoryStore> {
    pub(crate) start: S,
    /// What a state is, by index; the index of a state never changes.
    pub(crate) entries: Vec<Entry<S, Store>>,
    pub(crate) index: HashMap<S, u32>,
    pub(crate) names: Arc<WorkflowNames>,
    pub(crate) settings: Settings,
}

impl<S: State, Store: ?Sized + Send + Sync + 'static> Workflow<S, Store> {
    /// A workflow whose runs begin in `start`. Its name is that of the type `S`, unless
    /// [`with_name`](Self::with_name) says otherwise.
    #[must_use]
    pub fn new(start: S) -> Self {
        let names = WorkflowNames { workflow: short_name(type_name::<S>()).into(), states: Vec::new() };
        Self {
            start,
            entries: Vec::new(),
            index: HashMap::new(),
            names: Arc::new(names),
            settings: Settings::default(),
        }
    }

    /// Sets the name that errors bear.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<Name>) -> Self {
        Arc::make_mut(&mut self.names).workflow = name.into();
        self
    }

    /// Sets how many transitions a run may make; one more ends it with [`CanoError::TransitionLimit`], which names
    /// the states it moved between. Without it there is no limit.
    #[must_use]
    pub fn with_transition_limit(mut self, limit: NonZeroU64) -> Self {
        self.settings.transition_limit = Some(limit);
        self
    }

    /// Sets how long each run may take; one that takes longer ends with [`CanoError::DeadlineExceeded`].
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Sets how long the undos of each run may take, all of them together, as
    /// [`RunOptions::with_undo_timeout`](crate::RunOptions::with_undo_timeout) does for one.
    #[must_use]
    pub fn with_undo_timeout(mut self, timeout: Duration) -> Self {
        self.settings.undo_timeout = Some(timeout);
        self
    }

    /// Adds an observer, who is told what happens in each run.
    #[must_use]
    pub fn with_observer(mut self, observer: impl Observer) -> Self {
        self.settings.observers.add(observer);
        self
    }

    /// Registers the task of a state: a [`Task`](crate::Task), a [`Node`](crate::Node), or a `#[task]` function `f` as
    /// `f {}`.
    ///
    /// A state that is registered again has the later task; [`validate`](Self::validate) reports it.
    pub fn register<M>(&mut self, state: S, task: impl IntoTask<S, Store, M>) -> &mut Self {
        let (task, name) = task.into_task();
        let index = self.index_of(state);
        let entry = &mut self.entries[index];
        entry.task = Some(task);
        entry.registered += 1;
        Arc::make_mut(&mut self.names).states[index].task = short_name(name);
        self
    }

    /// Names the task that undoes what the task of `state` did. When the run fails for good later on, is cancelled, or
    /// is not done by its deadline, the undos of what it did run in reverse order, each with its own retries; not when
    /// its future is dropped.
    ///
    /// The undo of a state is called once for each time that its task succeeded, with a
    /// [`Cx::idempotency_key`](crate::Cx::idempotency_key) that says for which; until it ends a run keeps 16 bytes for
    /// each. See [`CanoError::NotUndone`] for one that fails.
    pub fn undo_by<M>(&mut self, state: S, undo: impl IntoTask<(), Store, M>) -> &mut Self {
        let (undo, name) = undo.into_task();
        let index = self.index_of(state);
        self.entries[index].undo = Some(undo);
        Arc::make_mut(&mut self.names).states[index].undo = short_name(name);
        self
    }

    /// Names what limits the attempts of the task of `state`: a reference to a static, an `Arc`, or a tuple of limits,
    /// which are asked in their order. The wait for it is no part of an attempt.
    pub fn limit_by(&mut self, state: S, limit: impl Limit + 'static) -> &mut Self {
        let index = self.index_of(state);
        self.entries[index].limit = Some(Arc::new(limit));
        self
    }

    /// Makes a run end when it reaches `state`.
    pub fn add_exit_state(&mut self, state: S) -> &mut Self {
        let index = self.index_of(state);
        self.entries[index].is_exit = true;
        Arc::make_mut(&mut self.names).states[index].is_exit = true;
        self
    }

    /// Makes a run end when it reaches one of `states`.
    pub fn add_exit_states(&mut self, states: impl IntoIterator<Item = S>) -> &mut Self {
        states.into_iter().fold(self, Self::add_exit_state)
    }

    /// Looks for everything that is wrong with the definition without running it.
    ///
    /// A state that a task may yield and nobody registered is not among it: only a run finds that.
    ///
    /// # Errors
    ///
    /// [`CanoError::Invalid`] with every [`Fault`](crate::Fault): a start state without a task, no exit state, a state
    /// registered twice, an exit state with a task.
    pub fn validate(&self) -> Result<(), CanoError> {
        let faults = self.faults();
        if faults.is_empty() {
            return Ok(());
        }
        Err(CanoError::Invalid(InvalidWorkflow::new(Some(self.names.workflow.clone()), faults)))
    }
}

impl<S: Clone, Store: ?Sized> Clone for Workflow<S, Store> {
    fn clone(&self) -> Self {
        Self {
            start: self.start.clone(),
            entries: self.entries.clone(),
            index: self.index.clone(),
            names: Arc::clone(&self.names),
            settings: self.settings.clone(),
        }
    }
}

impl<S: fmt::Debug, Store: ?Sized> fmt::Debug for Workflow<S, Store> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exits = self.entries.iter().zip(&self.names.states).filter(|(entry, _)| entry.is_exit);
        f.debug_struct("Workflow")
            .field("name", &self.names.workflow)
            .field("start", &self.start)
            .field("states", &self.names.states.iter().map(|names| &names.state).collect::<Vec<_>>())
            .field("exits", &exits.map(|(_, names)| &names.state).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
