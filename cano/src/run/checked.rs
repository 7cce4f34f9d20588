use std::{
    fmt,
    future::{Future, pending},
    num::NonZeroU64,
    time::Duration,
};

use crate::{
    define::{
        cx::{Cx, Names},
        error::{CanoError, Name},
        event::Observer,
        options::{RunOptions, Settings},
        retry::TaskConfig,
        step::{Slot, Step},
        table::{Table, TableSchedule},
        task::BoxFuture,
        undo::Undo,
    },
    run::{begins::BeginsAlone, bounds::Bounds, drive::run, machine::Machine},
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

/// A table whose start state has no fields, so that a run needs nothing to begin.
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

/// The workflow of a table: what `T::workflow()` and `T::with(..)` yield for the enum `T` of a `workflow!`.
///
/// It holds the instances of the tasks that have fields, and is shared by any number of runs.
///
/// ```
/// use std::num::NonZeroU64;
///
/// use cano::prelude::*;
///
/// #[task]
/// async fn halve(n: u32) -> CanoResult<u32> { Ok(n / 2) }
///
/// workflow! {
///     enum Halving {
///         #[start] Halve { n: u32, steps: u32 } = match halve(n) {
///             0 => Done { steps },
///             n => Halve { n, steps: steps + 1 },
///         },
///         #[exit] Done { steps: u32 },
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> CanoResult<()> {
/// let halving = Halving::workflow().with_transition_limit(NonZeroU64::MIN.saturating_add(100));
/// let store = MemoryStore::new();
/// for (n, expected) in [(1, 0), (100, 6)] {
///     let HalvingExit::Done { steps } =
///         halving.orchestrate_from(Halving::Halve { n, steps: 0 }, &store).await?;
///     assert_eq!(steps, expected);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use]
pub struct CheckedWorkflow<T: States> {
    tasks: T::Tasks,
    /// Boxed, because most have none, and a scheduler may hold 100,000.
    settings: Option<Box<Settings>>,
}

static NO_SETTINGS: Settings = Settings::none();

impl<T: States> CheckedWorkflow<T> {
    #[doc(hidden)]
    pub const fn new(tasks: T::Tasks) -> Self {
        Self { tasks, settings: None }
    }

    pub(crate) fn settings_mut(&mut self) -> &mut Settings {
        self.settings.get_or_insert_default()
    }

    /// The table as data.
    #[must_use]
    pub fn table(&self) -> &'static Table {
        T::TABLE
    }

    /// The instances of the tasks that have fields.
    #[must_use]
    pub fn tasks(&self) -> &T::Tasks {
        &self.tasks
    }

    /// Sets how many transitions a run may make; one more ends it with
    /// [`CanoError::TransitionLimit`], which names the states it moved between.
    ///
    /// Without it there is no limit: every state of a table can reach an exit, but whether a run takes that way is
    /// up to its tasks.
    pub fn with_transition_limit(mut self, limit: NonZeroU64) -> Self {
        self.settings_mut().transition_limit = Some(limit);
        self
    }

    /// Sets how long each run may take; one that takes longer ends with
    /// [`CanoError::DeadlineExceeded`].
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.settings_mut().timeout = Some(timeout);
        self
    }

    /// Sets how long the undos of each run may take, all of them together, as
    /// [`RunOptions::with_undo_timeout`](crate::RunOptions::with_undo_timeout) does for one.
    pub fn with_undo_timeout(mut self, timeout: Duration) -> Self {
        self.settings_mut().undo_timeout = Some(timeout);
        self
    }

    /// Adds an observer, who is told what happens in each run.
    pub fn with_observer(mut self, observer: impl Observer) -> Self {
        self.settings_mut().observers.add(observer);
        self
    }

    /// One run from `state`, which need not be the start state, to an exit.
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
        state: T,
        store: &T::Store,
    ) -> impl Future<Output = Result<T::Exit, CanoError>> {
        run(self, state, store, Bounds::new(self.settings(), None), |end| end)
    }

    /// One run from `state` to an exit, which may be cancelled and has to be done in time.
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
        state: T,
        store: &T::Store,
        options: RunOptions,
    ) -> impl Future<Output = Result<T::Exit, CanoError>> {
        run(self, state, store, Bounds::new(self.settings(), Some(options)), |end| end)
    }
}

// The bound stands here, not on the method: so rustc reports it once.
impl<T: States> CheckedWorkflow<T>
where
    Self: BeginsAlone<T>,
{
    /// One run from the start state, which has no fields, to an exit.
    ///
    /// # Errors
    ///
    /// The error of the state in which the run ended, as [`CanoError`] says.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the run where it stands, and all that it started.
    pub fn orchestrate(&self, store: &T::Store) -> impl Future<Output = Result<T::Exit, CanoError>> {
        run(self, Self::begin(), store, Bounds::new(self.settings(), None), |end| end)
    }
}

impl<T: States> Default for CheckedWorkflow<T>
where
    T::Tasks: Default,
{
    fn default() -> Self {
        Self::new(T::Tasks::default())
    }
}

impl<T: States> Clone for CheckedWorkflow<T>
where
    T::Tasks: Clone,
{
    fn clone(&self) -> Self {
        Self { tasks: self.tasks.clone(), settings: self.settings.clone() }
    }
}

impl<T: States> fmt::Debug for CheckedWorkflow<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckedWorkflow")
            .field("table", &T::TABLE.name())
            .field("settings", self.settings())
            .finish_non_exhaustive()
    }
}

impl<T: States> Machine for CheckedWorkflow<T> {
    type State = T;
    type Exit = T::Exit;
    type Store = T::Store;
    type Undo = T::Undo;

    fn drive(
        &self,
        start: T,
        store: &T::Store,
        cx: &Cx,
        done: &<T::Undo as Undo>::Journal,
    ) -> impl Future<Output = Result<T::Exit, CanoError>> + Send {
        T::drive(start, self, store, cx, done)
    }

    fn policy(&self, state: &T) -> Option<TaskConfig> {
        state.policy(&self.tasks)
    }

    fn catch(&self, state: T, error: CanoError) -> Result<T, CanoError> {
        state.catch(error)
    }

    fn undo<'a>(
        &'a self,
        step: &'a T::Undo,
        store: &'a T::Store,
        cx: &'a Cx,
    ) -> BoxFuture<'a, Result<(), CanoError>> {
        T::undo(self, step, store, cx)
    }

    fn undoes(&self) -> bool {
        T::UNDOES || T::HOSTS
    }

    fn hosts(&self) -> bool {
        T::HOSTS
    }

    fn undo_policy(&self, step: &T::Undo) -> TaskConfig {
        T::undo_policy(self, step)
    }

    fn state_index(&self, state: &T) -> u32 {
        state.index()
    }

    fn state_name(&self, state: &T) -> Name {
        self.names().state_name(state.index())
    }

    fn names(&self) -> Names {
        Names::Table(T::TABLE)
    }

    fn settings(&self) -> &Settings {
        self.settings.as_deref().unwrap_or(&NO_SETTINGS)
    }
}

#[diagnostic::do_not_recommend]
impl<T: States> Slot for CheckedWorkflow<T> {
    type Instance = Self;
    type Outcome = T::Exit;
}

/// A workflow is a task: its outcome is its exit. A row that names it repeats nothing unless it says so.
impl<T: Nested, St: ?Sized> Step<St> for CheckedWorkflow<T> {
    type Store = T::Store;
    type Input<'a>
        = T::Input<'a>
    where
        Self: 'a;
    type Outcome = T::Exit;
    const UNDOES: bool = T::UNDOES || T::HOSTS;

    fn config(&self) -> TaskConfig {
        TaskConfig::minimal()
    }

    async fn call(&self, input: T::Input<'_>, store: &T::Store, cx: &Cx) -> Result<T::Exit, CanoError> {
        let start = T::enter(input);
        let mut options = RunOptions::nested(cx);
        let undoes = T::UNDOES || T::HOSTS;
        if undoes {
            options.run_id = Some(cx.nested_run_that_undoes());
            options.undo_timeout = cx.guests_undo_timeout();
        }
        let guest = if undoes { cx.guest() } else { None };
        if guest.is_some() {
            options.cancellation = Some(cx.cancellation());
        }
        let token = options.cancellation.clone();
        let bounds = Bounds::new(self.settings(), Some(options));
        // Boxed, so that the parent's future does not grow by the child's.
        let nested: BoxFuture<'_, _> = Box::pin(run(self, start, store, bounds, |end| end));
        match (nested.await, guest, token) {
            // It was told to end, and has undone what it did: now it may be dropped.
            (Err(error), Some(guest), Some(token)) if token.is_cancelled() => {
                guest.leave(error);
                pending().await
            }
            (end, ..) => end,
        }
    }
}
