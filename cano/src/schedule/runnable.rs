//! What a scheduler can run.

use std::{borrow::Borrow, fmt, sync::Arc};

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::{
    define::{
        error::CanoError, options::RunOptions, run_id::RunId, state::State, task::BoxFuture,
        workflow::Workflow,
    },
    run::{BeginsAlone, Bounds, CheckedWorkflow, Machine, StartWithoutFields, States, run},
};

/// What a scheduler can run, whatever its states and its store:
///
/// - a [`Workflow`] whose store is [`Default`], or the workflow of a table whose start state has no fields and whose
///   store is `Default`: each run has a new store;
/// - `workflow.with_store(|slot| ..)`: each run has the store that the closure returns, which may be shared;
/// - `workflow.with_inputs(|slot| (Start { .. }, store))`: the closure also returns the state in which the run begins.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be run by a scheduler",
    label = "expected a workflow: `workflow()` of a table, or a `Workflow`",
    note = "a workflow can be scheduled if its start state has no fields and its store is `Default`",
    note = "otherwise say what a run begins with: `workflow.with_store(|slot| store)` or `workflow.with_inputs(|slot| (Start {{ .. }}, store))`"
)]
pub trait Runnable: Send + Sync + 'static {
    /// Makes one run, for a slot. `options` has the token that cancels the run, its timeout and its id.
    ///
    /// If this function or its future panics, the run has failed.
    fn run(self: Arc<Self>, slot: Slot, options: RunOptions) -> BoxFuture<'static, Result<(), CanoError>>;

    /// The same, dropped when `abort` is cancelled; `None` then. When it ends, nothing of the run goes on.
    #[doc(hidden)]
    fn run_until_aborted(
        self: Arc<Self>,
        slot: Slot,
        options: RunOptions,
        abort: CancellationToken,
    ) -> BoxFuture<'static, Option<Result<(), CanoError>>> {
        Box::pin(async move { abort.run_until_cancelled(self.run(slot, options)).await })
    }
}

/// The workflow of a table, also after `with_inputs` or `with_store`: what
/// [`Scheduler::scheduled`](super::Scheduler::scheduled) takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the workflow of a table, or cannot be run by a scheduler",
    label = "only a table has a schedule of its own",
    note = "say when it is to run: `scheduler.cron(id, workflow, \"0 9 * * *\")`"
)]
pub trait OfTable: Runnable {
    #[doc(hidden)]
    type Table;
}

impl<T: States> OfTable for CheckedWorkflow<T>
where
    Self: Runnable,
{
    type Table = T;
}

impl<T: States, F> OfTable for WithInputs<CheckedWorkflow<T>, F>
where
    Self: Runnable,
{
    type Table = T;
}

/// A store of which each run of a schedule gets a new one: any store that is [`Default`].
#[diagnostic::on_unimplemented(
    message = "the store `{Self}` is not `Default`, so a run of a schedule has none",
    label = "nothing says which store a run has",
    note = "say it: `workflow.with_store(|slot| store)`, where the store may be an `Arc` that the runs share"
)]
pub trait NewStore: Sized {
    #[doc(hidden)]
    fn made() -> Self;
}

#[diagnostic::do_not_recommend]
impl<Store: Default> NewStore for Store {
    #[doc(hidden)]
    fn made() -> Self {
        Self::default()
    }
}

/// What a run of a schedule owns: the store `S` itself, or something that lends it, such as an `Arc`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the store `{S}` of this workflow, and does not lend it",
    label = "its runs would have another store",
    note = "yield the store from the closure, or an `Arc` of it; it has to be `Send + Sync`. For a workflow over a `dyn Trait`, it is an `Arc::new(store) as Arc<dyn Trait>`"
)]
pub trait Lends<S: ?Sized>: Borrow<S> + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<S: ?Sized, B: Borrow<S> + Send + Sync + 'static> Lends<S> for B {}

/// The slot that a run is for.
#[derive(Clone, Debug)]
pub struct Slot {
    pub(super) id: Arc<str>,
    pub(super) time: Timestamp,
    pub(super) started: Timestamp,
    pub(super) is_by_hand: bool,
    pub(super) run_id: RunId,
}

impl Slot {
    /// The schedule's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The nominal time of the run, however late it starts. For a run that was triggered by hand, the time of the
    /// request.
    #[must_use]
    pub fn time(&self) -> Timestamp {
        self.time
    }

    /// When the run started.
    #[must_use]
    pub fn started(&self) -> Timestamp {
        self.started
    }

    /// Whether [`Scheduler::trigger`](super::Scheduler::trigger) asked for it.
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
        self.is_by_hand
    }

    /// The run's id.
    #[must_use]
    pub fn run_id(&self) -> RunId {
        self.run_id
    }
}

impl<S, Store> Runnable for Workflow<S, Store>
where
    S: State,
    Store: NewStore + Send + Sync + 'static,
{
    fn run(self: Arc<Self>, _: Slot, options: RunOptions) -> BoxFuture<'static, Result<(), CanoError>> {
        let start = self.start.clone();
        one_run(self, (start, Store::made()), options)
    }
}

impl<T> Runnable for CheckedWorkflow<T>
where
    T: StartWithoutFields + Send + 'static,
    T::Exit: Send + 'static,
    T::Store: NewStore + Send + 'static,
{
    fn run(self: Arc<Self>, _: Slot, options: RunOptions) -> BoxFuture<'static, Result<(), CanoError>> {
        one_run(self, (T::start(), T::Store::made()), options)
    }
}

/// A workflow together with what its runs begin with: `with_inputs` and `with_store` return it.
pub struct WithInputs<M, F> {
    workflow: Arc<M>,
    inputs: F,
}

impl<M, F, B> Runnable for WithInputs<M, F>
where
    M: Machine + 'static,
    M::State: Send + 'static,
    M::Exit: Send + 'static,
    B: Lends<M::Store>,
    F: Fn(&Slot) -> (M::State, B) + Send + Sync + 'static,
{
    fn run(self: Arc<Self>, slot: Slot, options: RunOptions) -> BoxFuture<'static, Result<(), CanoError>> {
        one_run(Arc::clone(&self.workflow), (self.inputs)(&slot), options)
    }
}

impl<M, F> fmt::Debug for WithInputs<M, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithInputs").finish_non_exhaustive()
    }
}

fn one_run<M, B>(
    machine: Arc<M>,
    (start, store): (M::State, B),
    options: RunOptions,
) -> BoxFuture<'static, Result<(), CanoError>>
where
    M: Machine + 'static,
    M::State: Send + 'static,
    M::Exit: Send + 'static,
    B: Borrow<M::Store> + Send + Sync + 'static,
{
    let bounds = Bounds::new(machine.settings(), Some(options));
    Box::pin(run(machine, start, store, bounds, |end| end.map(drop)))
}

impl<T: States> CheckedWorkflow<T> {
    /// Sets what each run of a schedule begins with: a state with its fields, and a store, or an `Arc` of one. Needs the
    /// feature `scheduler`.
    ///
    /// ```
    /// use cano::prelude::*;
    ///
    /// #[task]
    /// async fn report(day: &str) -> CanoResult<()> { Ok(println!("the report of {day}")) }
    ///
    /// workflow! {
    ///     enum Reporting {
    ///         #[start] Report { day: String } = report(day) >> Reported,
    ///         #[exit] Reported,
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), BoxError> {
    /// let reporting = Reporting::workflow()
    ///     .with_inputs(|slot| (Reporting::Report { day: slot.time().to_string() }, MemoryStore::new()));
    ///
    /// let scheduler = Scheduler::new();
    /// scheduler.cron("daily", reporting, "0 0 9 * * *")?;
    /// # scheduler.start().await?;
    /// # tokio::time::sleep(Duration::from_secs(86_400)).await;
    /// # scheduler.stop().await?;
    /// # assert_eq!(scheduler.status("daily").await.map(|info| info.successes), Some(1));
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_inputs<B, F>(self, inputs: F) -> WithInputs<Self, F>
    where
        F: Fn(&Slot) -> (T, B),
    {
        WithInputs { workflow: Arc::new(self), inputs }
    }
}

// The bound stands here, not on the method: so rustc reports it once.
impl<T: States> CheckedWorkflow<T>
where
    Self: BeginsAlone<T>,
{
    /// Sets the store of each run of a schedule: a store, or an `Arc` of one. Needs the feature `scheduler`.
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    ///
    /// use cano::prelude::*;
    ///
    /// type Mails = Mutex<Vec<String>>;
    ///
    /// #[task]
    /// async fn take(store: &Mails) -> CanoResult<Option<String>> { Ok(store.lock().unwrap().pop()) }
    ///
    /// #[task]
    /// async fn send(mail: &str) -> CanoResult<()> { Ok(println!("{mail}")) }
    ///
    /// workflow! {
    ///     #[store(Mails)]
    ///     enum Mailing {
    ///         #[start] Take = match take { Some(mail) => Send { mail }, None => Idle },
    ///         Send { mail: String } = send(mail) >> Take,
    ///         #[exit] Idle,
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), BoxError> {
    /// let mails = Arc::new(Mutex::new(vec!["Dear reader".to_owned()]));
    /// let shared = Arc::clone(&mails);
    /// let mailing = Mailing::workflow().with_store(move |_slot| Arc::clone(&shared));
    ///
    /// let scheduler = Scheduler::new();
    /// scheduler.every_seconds("mails", mailing, 10)?;
    /// scheduler.start().await?;
    /// tokio::time::sleep(Duration::from_secs(5)).await;
    /// scheduler.stop().await?;
    /// assert!(mails.lock().unwrap().is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_store<B, F>(self, store: F) -> WithInputs<Self, impl Fn(&Slot) -> (T, B)>
    where
        F: Fn(&Slot) -> B,
    {
        let workflow = Arc::new(self);
        let begins = Arc::clone(&workflow);
        WithInputs { workflow, inputs: move |slot: &Slot| (begins.first(), store(slot)) }
    }
}

impl<S: State, Store: ?Sized + Send + Sync + 'static> Workflow<S, Store> {
    /// Sets what each run of a schedule begins with: a state, and a store, or an `Arc` of one. Needs the feature
    /// `scheduler`.
    #[must_use]
    pub fn with_inputs<B, F>(self, inputs: F) -> WithInputs<Self, F>
    where
        F: Fn(&Slot) -> (S, B),
    {
        WithInputs { workflow: Arc::new(self), inputs }
    }

    /// Sets the store of each run of a schedule: a store, or an `Arc` of one. Needs the feature `scheduler`.
    #[must_use]
    pub fn with_store<B, F>(self, store: F) -> WithInputs<Self, impl Fn(&Slot) -> (S, B)>
    where
        F: Fn(&Slot) -> B,
    {
        let start = self.start.clone();
        self.with_inputs(move |slot| (start.clone(), store(slot)))
    }
}
