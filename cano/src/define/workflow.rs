use std::{
    any::{Any, type_name},
    collections::HashMap,
    fmt,
    num::NonZeroU64,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use crate::define::{
    cx::{Cx, Names, StateNames, WorkflowNames},
    error::{CanoError, Fault, InvalidWorkflow, Name},
    event::Observer,
    limit::Limit,
    options::Settings,
    retry::TaskConfig,
    state::State,
    store::MemoryStore,
    task::{AnyStoreTask, BoxFuture, Task},
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

pub(crate) struct Entry<S, Store: ?Sized> {
    state: S,
    pub(crate) task: Option<Arc<dyn Attempt<S, Store>>>,
    pub(crate) undo: Option<Arc<dyn Attempt<(), Store>>>,
    pub(crate) limit: Option<Arc<dyn Limit>>,
    pub(crate) is_exit: bool,
    registered: u32,
    /// The state that first followed this one in a run: where the next run most likely goes on.
    follower: AtomicU32,
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

    /// Registers the task of a state: a [`Task`], a [`Node`](crate::Node), or a `#[task]` function `f` as `f {}`.
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
    /// [`Cx::idempotency_key`] that says for which; until it ends a run keeps 16 bytes for each. See
    /// [`CanoError::NotUndone`] for one that fails.
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
    /// [`CanoError::Invalid`] with every [`Fault`]: a start state without a task, no exit state, a state
    /// registered twice, an exit state with a task.
    pub fn validate(&self) -> Result<(), CanoError> {
        let name = |index: usize| self.names.states[index].state.clone();
        let mut faults = Vec::new();
        let start = self.index.get(&self.start).map(|index| &self.entries[*index as usize]);
        if start.is_none_or(|entry| entry.task.is_none() && !entry.is_exit) {
            faults.push(Fault::NoStartTask { state: state_name(&self.start) });
        }
        if !self.entries.iter().any(|entry| entry.is_exit) {
            faults.push(Fault::NoExit);
        }
        for (index, entry) in self.entries.iter().enumerate() {
            if entry.registered > 1 {
                faults.push(Fault::RegisteredTwice { state: name(index) });
            }
            if entry.is_exit && entry.task.is_some() {
                faults.push(Fault::ExitWithTask { state: name(index) });
            }
        }
        if faults.is_empty() {
            return Ok(());
        }
        Err(CanoError::Invalid(InvalidWorkflow::new(Some(self.names.workflow.clone()), faults)))
    }

    /// The entry of a state, and its index.
    pub(crate) fn entry(&self, state: &S) -> Option<(u32, &Entry<S, Store>)> {
        let index = *self.index.get(state)?;
        Some((index, &self.entries[index as usize]))
    }

    /// The entry of a state that follows the one of the index `last`. To compare it with one is much less work than to
    /// look it up. Only the first one is remembered: where a state has several that follow it, runs on several threads
    /// would else change it all the time.
    #[inline]
    pub(crate) fn entry_after(&self, last: u32, state: &S) -> Option<(u32, &Entry<S, Store>)> {
        if let Some(last) = self.entries.get(last as usize) {
            let follower = last.follower.load(Relaxed);
            match self.entries.get(follower as usize) {
                Some(entry) if entry.state == *state => return Some((follower, entry)),
                Some(_) => {}
                None => {
                    let found = self.entry(state)?;
                    last.follower.store(found.0, Relaxed);
                    return Some(found);
                }
            }
        }
        self.entry(state)
    }

    fn index_of(&mut self, state: S) -> usize {
        let next = u32::try_from(self.entries.len()).expect("a workflow has fewer than 2^32 states");
        let names = &mut self.names;
        let entries = &mut self.entries;
        *self.index.entry(state).or_insert_with_key(|state| {
            Arc::make_mut(names)
                .states
                .push(StateNames { state: state_name(state), ..StateNames::default() });
            entries.push(Entry::new(state.clone()));
            next
        }) as usize
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

impl<S, Store: ?Sized> Entry<S, Store> {
    fn new(state: S) -> Self {
        Self {
            state,
            task: None,
            undo: None,
            limit: None,
            is_exit: false,
            registered: 0,
            follower: Names::NO_STATE.into(),
        }
    }
}

impl<S: Clone, Store: ?Sized> Clone for Entry<S, Store> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            task: self.task.clone(),
            undo: self.undo.clone(),
            limit: self.limit.clone(),
            is_exit: self.is_exit,
            registered: self.registered,
            follower: self.follower.load(Relaxed).into(),
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

/// What [`Workflow::register`] takes. `M` only tells the compiler which of its impls is meant.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be registered: it is not a task that yields `{S}` over the store `{Store}`",
    label = "not such a task",
    note = "a `#[task]` function `f` is registered as `f {{}}`; it has no inputs but `cx` and a store, which is `&{Store}`, and its return type is written `Result<{S}, _>` or `CanoResult<{S}>`"
)]
pub trait IntoTask<S, Store: ?Sized, M> {
    /// The task, and its type's name.
    #[doc(hidden)]
    fn into_task(self) -> (Arc<dyn Attempt<S, Store>>, &'static str);
}

/// What the engine asks of a registered task.
#[doc(hidden)]
pub trait Attempt<S, Store: ?Sized>: Send + Sync {
    fn config(&self) -> TaskConfig;
    /// The timeout of an attempt, where the task does not see to it itself.
    fn timeout(&self) -> Option<Duration>;
    fn attempt<'a>(&'a self, store: &'a Store, cx: &'a Cx) -> BoxFuture<'a, Result<S, CanoError>>;
}

/// A [`Task`].
#[derive(Debug)]
pub struct OneStore<T>(T);

/// An [`AnyStoreTask`].
#[derive(Debug)]
pub struct AnyStore<T>(T);

impl<S, Store, T> IntoTask<S, Store, OneStore<T>> for T
where
    S: Send + 'static,
    Store: ?Sized + Send + Sync + 'static,
    T: Task<S, Store> + 'static,
{
    fn into_task(self) -> (Arc<dyn Attempt<S, Store>>, &'static str) {
        (Arc::new(OneStore(self)), type_name::<T>())
    }
}

impl<S, Store, T> Attempt<S, Store> for OneStore<T>
where
    S: Send + 'static,
    Store: ?Sized + Send + Sync + 'static,
    T: Task<S, Store>,
{
    fn config(&self) -> TaskConfig {
        self.0.config()
    }

    fn timeout(&self) -> Option<Duration> {
        self.0.timeout()
    }

    fn attempt<'a>(&'a self, store: &'a Store, cx: &'a Cx) -> BoxFuture<'a, Result<S, CanoError>> {
        self.0.attempt(store, cx)
    }
}

impl<S, Store, T> IntoTask<S, Store, AnyStore<T>> for T
where
    Store: ?Sized,
    T: AnyStoreTask<Outcome = S>,
{
    fn into_task(self) -> (Arc<dyn Attempt<S, Store>>, &'static str) {
        (Arc::new(AnyStore(self)), type_name::<T>())
    }
}

impl<S, Store: ?Sized, T: AnyStoreTask<Outcome = S>> Attempt<S, Store> for AnyStore<T> {
    fn config(&self) -> TaskConfig {
        self.0.config()
    }

    fn timeout(&self) -> Option<Duration> {
        None
    }

    fn attempt<'a>(&'a self, _: &'a Store, cx: &'a Cx) -> BoxFuture<'a, Result<S, CanoError>> {
        self.0.attempt(cx)
    }
}

/// How a state is called: as `Debug` prints it, but text without the quotes.
pub(crate) fn state_name<S: State>(state: &S) -> String {
    let any: &dyn Any = state;
    match (any.downcast_ref::<String>(), any.downcast_ref::<&'static str>()) {
        (Some(text), _) => text.clone(),
        (_, Some(text)) => (*text).to_owned(),
        _ => format!("{state:?}"),
    }
}

/// A type's name without the modules: `alloc::vec::Vec<app::Order>` is `Vec<app::Order>`.
fn short_name(path: &'static str) -> &'static str {
    let head = path.find(['<', '(', '[', '&']).unwrap_or(path.len());
    path[..head].rfind("::").map_or(path, |at| &path[at + 2..])
}
