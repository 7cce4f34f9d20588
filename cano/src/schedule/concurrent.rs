//! Several instances of a workflow as one run of a schedule.

use std::{borrow::Borrow, sync::Arc, time::Duration};

use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::{
    error::SchedulerError,
    rules::Schedule,
    runnable::{NewStore, Runnable, Slot},
    scheduler::Scheduler,
};
use crate::{
    define::{
        error::{Cancelled, CanoError, DeadlineExceeded, Stop},
        options::RunOptions,
        state::State,
        task::BoxFuture,
        workflow::Workflow,
    },
    run::{
        CheckedWorkflow, ConcurrentRuns, ConcurrentWorkflow, Machine, StartWithoutFields, WaitStrategy,
        WorkflowResult,
    },
};

/// What [`Scheduler::every_concurrent`] and the other `_concurrent` methods run: a [`ConcurrentWorkflow`], or the
/// workflow of a table whose start state has no fields. The store has to be [`Default`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be run several times at once by a scheduler",
    label = "expected a `ConcurrentWorkflow`, or the workflow of a table",
    note = "a `Workflow` becomes one by `ConcurrentWorkflow::from(workflow)`",
    note = "its start state has no fields and its store is `Default`; for anything else implement `Runnable`"
)]
pub trait Concurrent: Send + Sync + 'static {
    #[doc(hidden)]
    type Machine: Machine<State: Send + 'static, Exit: Send + 'static> + 'static;
    #[doc(hidden)]
    type Store: Borrow<<Self::Machine as Machine>::Store> + Send + Sync + 'static;

    #[doc(hidden)]
    fn instances(self: Arc<Self>, count: usize) -> ConcurrentRuns<Self::Machine, Self::Store>;
}

impl<S: State, Store: NewStore + Send + Sync + 'static> Concurrent for ConcurrentWorkflow<S, Store> {
    type Machine = Workflow<S, Store>;
    type Store = Store;

    fn instances(self: Arc<Self>, count: usize) -> ConcurrentRuns<Workflow<S, Store>, Store> {
        self.runs(stores(count))
    }
}

impl<T> Concurrent for CheckedWorkflow<T>
where
    T: StartWithoutFields<Exit: Send + 'static> + Send + 'static,
    T::Store: NewStore + Send + 'static,
{
    type Machine = Self;
    type Store = T::Store;

    fn instances(self: Arc<Self>, count: usize) -> ConcurrentRuns<Self, T::Store> {
        ConcurrentRuns::new(self, stores(count))
    }
}

fn stores<St: NewStore>(count: usize) -> Vec<St> {
    std::iter::repeat_with(St::made).take(count).collect()
}

/// So many instances at a time, each with a store of its own.
struct Instances<C> {
    concurrent: Arc<C>,
    count: usize,
    strategy: WaitStrategy,
}

impl<C: Concurrent> Runnable for Instances<C> {
    fn run(self: Arc<Self>, slot: Slot, options: RunOptions) -> BoxFuture<'static, Result<(), CanoError>> {
        let run = self.run_until_aborted(slot, options, CancellationToken::new());
        Box::pin(async move { run.await.unwrap_or(Ok(())) })
    }

    /// The instances have tasks of their own, which would outlive this future for a while if it were dropped.
    fn run_until_aborted(
        self: Arc<Self>,
        slot: Slot,
        options: RunOptions,
        abort: CancellationToken,
    ) -> BoxFuture<'static, Option<Result<(), CanoError>>> {
        let token = options.cancellation.clone().unwrap_or_default();
        // Instances that are told to end are awaited; those that are dropped are not.
        let told = token.child_token();
        let runs = Arc::clone(&self.concurrent).instances(self.count).with_cancellation(told.clone());
        let runs = runs.with_abort(abort.clone()).execute(self.strategy);
        Box::pin(async move {
            let began = Instant::now();
            let (is_late, (results, status)) = in_time(runs, options.timeout, &told).await;
            let stop = || Stop::of(slot.id().to_owned(), began.elapsed());
            if abort.is_cancelled() {
                return None;
            }
            if token.is_cancelled() {
                return Some(Err(CanoError::Cancelled(Cancelled::new(stop()))));
            }
            if is_late {
                return Some(Err(CanoError::DeadlineExceeded(DeadlineExceeded::new(stop()))));
            }
            let enough = match self.strategy {
                WaitStrategy::WaitForQuota(quota) | WaitStrategy::WaitQuotaOrDuration { quota, .. } => {
                    quota.min(status.total_workflows)
                }
                WaitStrategy::WaitForever | WaitStrategy::WaitDuration(_) => status.total_workflows,
            };
            let failed = results.into_iter().find_map(|result| match result {
                WorkflowResult::Failed(error) => Some(error),
                _ => None,
            });
            match failed {
                Some(error) if status.completed < enough => Some(Err(error)),
                _ => Some(Ok(())),
            }
        })
    }
}

/// The end of the runs, and whether they had to be told to end, because they took too long.
async fn in_time<T>(
    runs: impl Future<Output = T>,
    limit: Option<Duration>,
    told: &CancellationToken,
) -> (bool, T) {
    let mut runs = std::pin::pin!(runs);
    if let Some(limit) = limit {
        match timeout(limit, &mut runs).await {
            Ok(end) => return (false, end),
            Err(_) => told.cancel(),
        }
    }
    (limit.is_some(), runs.await)
}

/// Schedules whose runs consist of several concurrent instances of a workflow, each with a new store. `strategy` says
/// how long a run waits for its instances. The run fails with the first failure among them, unless a quota was reached.
///
/// The errors are those of the method without `_concurrent`.
impl Scheduler {
    /// As [`every_seconds`](Self::every_seconds), with several instances.
    pub fn every_seconds_concurrent(
        &self,
        id: impl Into<String>,
        concurrent: impl Concurrent,
        seconds: u64,
        instances: usize,
        strategy: WaitStrategy,
    ) -> Result<(), SchedulerError> {
        self.every_seconds(id, several(concurrent, instances, strategy), seconds)
    }

    /// As [`every_minutes`](Self::every_minutes), with several instances.
    pub fn every_minutes_concurrent(
        &self,
        id: impl Into<String>,
        concurrent: impl Concurrent,
        minutes: u64,
        instances: usize,
        strategy: WaitStrategy,
    ) -> Result<(), SchedulerError> {
        self.every_minutes(id, several(concurrent, instances, strategy), minutes)
    }

    /// As [`every_hours`](Self::every_hours), with several instances.
    pub fn every_hours_concurrent(
        &self,
        id: impl Into<String>,
        concurrent: impl Concurrent,
        hours: u64,
        instances: usize,
        strategy: WaitStrategy,
    ) -> Result<(), SchedulerError> {
        self.every_hours(id, several(concurrent, instances, strategy), hours)
    }

    /// As [`every`](Self::every), with several instances.
    pub fn every_concurrent(
        &self,
        id: impl Into<String>,
        concurrent: impl Concurrent,
        interval: Duration,
        instances: usize,
        strategy: WaitStrategy,
    ) -> Result<(), SchedulerError> {
        self.every(id, several(concurrent, instances, strategy), interval)
    }

    /// As [`cron`](Self::cron), with several instances.
    pub fn cron_concurrent(
        &self,
        id: impl Into<String>,
        concurrent: impl Concurrent,
        expression: &str,
        instances: usize,
        strategy: WaitStrategy,
    ) -> Result<(), SchedulerError> {
        self.cron(id, several(concurrent, instances, strategy), expression)
    }

    /// As [`manual`](Self::manual), with several instances.
    pub fn manual_concurrent(
        &self,
        id: impl Into<String>,
        concurrent: impl Concurrent,
        instances: usize,
        strategy: WaitStrategy,
    ) -> Result<(), SchedulerError> {
        self.manual(id, several(concurrent, instances, strategy))
    }

    /// As [`add`](Self::add), with several instances.
    pub fn add_concurrent(
        &self,
        id: impl Into<String>,
        concurrent: impl Concurrent,
        schedule: impl Into<Schedule>,
        instances: usize,
        strategy: WaitStrategy,
    ) -> Result<(), SchedulerError> {
        self.add(id, several(concurrent, instances, strategy), schedule)
    }
}

fn several(concurrent: impl Concurrent, count: usize, strategy: WaitStrategy) -> impl Runnable {
    Instances { concurrent: Arc::new(concurrent), count, strategy }
}
