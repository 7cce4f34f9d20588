mod begins;
mod machine;
mod nested;
mod states;

use std::{fmt, future::Future, num::NonZeroU64, time::Duration};

pub use self::{
    begins::BeginsAlone,
    states::{Nested, Scheduled, StartWithoutFields, States, enter},
};
use crate::{
    define::{
        error::CanoError,
        event::Observer,
        options::{RunOptions, Settings},
        table::Table,
    },
    run::{bounds::Bounds, drive::run, machine::Machine},
};

/// The workflow of a table: for the enum `T` of a `workflow!`, `T::workflow()` and `T::with(..)` return it.
///
/// It holds the instances of the tasks that have fields, and its settings. Any number of runs can share it:
/// [`orchestrate`](Self::orchestrate) makes one from the start state, [`orchestrate_from`](Self::orchestrate_from) one
/// from any state, and [`concurrent`](Self::concurrent) makes several at the same time.
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
/// let limit = NonZeroU64::new(100).expect("it is not 0");
/// let halving = Halving::workflow().with_transition_limit(limit);
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

    /// Sets how many transitions a run may make; one more ends it with [`CanoError::TransitionLimit`], which names
    /// the states it moved between.
    ///
    /// By default there is no limit. Every state of a table can reach an exit, but whether a run takes that route is up
    /// to its tasks.
    pub fn with_transition_limit(mut self, limit: NonZeroU64) -> Self {
        self.settings_mut().transition_limit = Some(limit);
        self
    }

    /// Sets how long each run may take; one that takes longer ends with [`CanoError::DeadlineExceeded`]. A run with a
    /// timeout needs a tokio runtime, which has the timer, and panics if it is polled outside of one.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.settings_mut().timeout = Some(timeout);
        self
    }

    /// Sets how long the undos of each run may take, all of them together, as
    /// [`RunOptions::with_undo_timeout`](crate::RunOptions::with_undo_timeout) does for a single run.
    pub fn with_undo_timeout(mut self, timeout: Duration) -> Self {
        self.settings_mut().undo_timeout = Some(timeout);
        self
    }

    /// Adds an observer, which receives the events of each run.
    pub fn with_observer(mut self, observer: impl Observer) -> Self {
        self.settings_mut().observers.add(observer);
        self
    }

    /// Runs from `state`, which need not be the start state, to an exit.
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
        state: T,
        store: &T::Store,
    ) -> impl Future<Output = Result<T::Exit, CanoError>> {
        run(self, state, store, Bounds::new(self.settings(), None), |end| end)
    }

    /// Runs from `state` to an exit, with options: a cancellation token, a timeout, a deadline, observers.
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
    /// Runs from the start state to an exit. The start state must not have fields.
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
    pub fn orchestrate(&self, store: &T::Store) -> impl Future<Output = Result<T::Exit, CanoError>> {
        run(self, self.first(), store, Bounds::new(self.settings(), None), |end| end)
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
