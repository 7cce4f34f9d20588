mod entry;
mod faults;
mod names;
mod registered;

use std::{any::type_name, collections::HashMap, fmt, num::NonZeroU64, sync::Arc, time::Duration};

pub use self::registered::IntoTask;
pub(crate) use self::{entry::Entry, names::state_name, registered::Registered};
use crate::define::{
    error::{CanoError, InvalidWorkflow, Name},
    event::Observer,
    limit::Limit,
    names::WorkflowNames,
    options::Settings,
    state::State,
    store::MemoryStore,
    type_name::short_type_name,
};

/// A workflow that is built at run time: states, a task for each, and exit states.
///
/// If the states are known when the program is written, prefer [`workflow!`](macro@crate::workflow): the compiler
/// checks its table, and a run need not look up its states. This builder is checked by [`validate`](Self::validate),
/// and as far as each run gets.
///
/// A state is any type that implements [`State`]: an enum, or a `String` for states that are read from a file. A task
/// returns the next state. The data that tasks share is in the store.
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

/// What a state has to be is asked by what is done with the workflow: if it were asked here too, rustc would say twice
/// that it is not.
impl<S, Store: ?Sized> Workflow<S, Store> {
    /// A workflow whose runs begin in `start`. Its name is that of the type `S`, unless
    /// [`with_name`](Self::with_name) sets another.
    #[must_use]
    pub fn new(start: S) -> Self {
        let names = WorkflowNames { workflow: short_type_name(type_name::<S>()).into(), states: Vec::new() };
        Self {
            start,
            entries: Vec::new(),
            index: HashMap::new(),
            names: Arc::new(names),
            settings: Settings::default(),
        }
    }
}

impl<S: State, Store: ?Sized + Send + Sync + 'static> Workflow<S, Store> {
    /// Sets the name of the workflow, as errors, events and spans show it.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<Name>) -> Self {
        Arc::make_mut(&mut self.names).workflow = name.into();
        self
    }

    /// Sets how many transitions a run may make; one more ends it with [`CanoError::TransitionLimit`], which names
    /// the states it moved between. By default there is no limit.
    #[must_use]
    pub fn with_transition_limit(mut self, limit: NonZeroU64) -> Self {
        self.settings.transition_limit = Some(limit);
        self
    }

    /// Sets how long each run may take; one that takes longer ends with [`CanoError::DeadlineExceeded`]. A run with a
    /// timeout needs a tokio runtime, which has the timer, and panics if it is polled outside of one.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Sets how long the undos of each run may take, all of them together, as
    /// [`RunOptions::with_undo_timeout`](crate::RunOptions::with_undo_timeout) does for a single run.
    #[must_use]
    pub fn with_undo_timeout(mut self, timeout: Duration) -> Self {
        self.settings.undo_timeout = Some(timeout);
        self
    }

    /// Adds an observer, which receives the events of each run.
    #[must_use]
    pub fn with_observer(mut self, observer: impl Observer) -> Self {
        self.settings.observers.add(observer);
        self
    }

    /// Registers the task of a state: a [`Task`](crate::Task), a [`Node`](crate::Node), or a `#[task]` function `f` as
    /// `f {}`.
    ///
    /// If a state is registered twice, the later task counts, and [`validate`](Self::validate) reports it.
    pub fn register<M>(&mut self, state: S, task: impl IntoTask<S, Store, M>) -> &mut Self {
        let (task, name) = task.into_task();
        let index = self.index_of(state);
        let entry = &mut self.entries[index];
        entry.task = Some(task);
        entry.registered += 1;
        Arc::make_mut(&mut self.names).states[index].task = short_type_name(name);
        self
    }

    /// Registers the task that undoes what the task of `state` did. If the run later fails for good, is cancelled or
    /// exceeds its deadline, the undos of the steps it has completed run in reverse order, each with its own retries.
    /// If the run's future is dropped, they do not run.
    ///
    /// The undo of a state is called once for each time that the state's task succeeded, and its
    /// [`Cx::idempotency_key`](crate::Cx::idempotency_key) tells these calls apart. Until it ends, a run keeps 16 bytes
    /// for each. If an undo fails, the run ends with [`CanoError::NotUndone`].
    ///
    /// ```
    /// use cano::prelude::*;
    ///
    /// #[task]
    /// async fn charge(store: &MemoryStore) -> CanoResult<&'static str> {
    ///     store.append("book", "charged")?;
    ///     Ok("ship")
    /// }
    ///
    /// #[task]
    /// async fn refund(store: &MemoryStore) -> CanoResult<()> {
    ///     Ok(store.append("book", "refunded")?)
    /// }
    ///
    /// #[task]
    /// async fn ship() -> CanoResult<&'static str> {
    ///     Err("nobody ships it".into())
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> CanoResult<()> {
    /// let mut order = Workflow::new("charge");
    /// order
    ///     .register("charge", charge {})
    ///     .undo_by("charge", refund {})
    ///     .register("ship", ship {})
    ///     .add_exit_state("shipped");
    ///
    /// let store = MemoryStore::new();
    /// assert!(order.orchestrate(&store).await.is_err());
    /// assert_eq!(store.get::<Vec<&str>>("book")?, ["charged", "refunded"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn undo_by<M>(&mut self, state: S, undo: impl IntoTask<(), Store, M>) -> &mut Self {
        let (undo, name) = undo.into_task();
        let index = self.index_of(state);
        self.entries[index].undo = Some(undo);
        Arc::make_mut(&mut self.names).states[index].undo = short_type_name(name);
        self
    }

    /// Sets a [limit](crate::limit) for the attempts of the task of `state`: a reference to a static, an `Arc`, or a
    /// tuple of limits, which are asked in this order. The wait for a limit is not part of an attempt.
    ///
    /// ```
    /// use cano::{limit::ConcurrencyLimit, prelude::*};
    ///
    /// static BANK: ConcurrencyLimit = ConcurrencyLimit::new(4);
    ///
    /// #[task]
    /// async fn charge() -> CanoResult<&'static str> { Ok("charged") }
    ///
    /// let mut order = Workflow::<_>::new("charge");
    /// order.register("charge", charge {}).limit_by("charge", &BANK).add_exit_state("charged");
    /// ```
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

    /// Checks the definition without running it, and reports all of its faults at once.
    ///
    /// It does not find a state that a task may return but that nobody registered: such a state is found by the run
    /// that reaches it.
    ///
    /// # Errors
    ///
    /// [`CanoError::Invalid`] with every [`Fault`](crate::Fault): a start state without a task, no exit state, a state
    /// registered twice, an exit state with a task, an undo or a limit of a state without a task.
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
