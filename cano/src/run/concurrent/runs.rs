use std::{
    borrow::Borrow,
    fmt,
    future::{Future, poll_fn},
    num::NonZeroUsize,
    sync::Arc,
};

use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::{
    ConcurrentWorkflowStatus, Inputs, RunProgress, RunStream, WaitStrategy, WorkflowResult,
    batch::Batch,
    progress::Counter,
    source::{Input, Source},
};
use crate::{
    define::{
        event::{Observer, Observers},
        options::RunOptions,
        spans::GivenSpan,
    },
    run::machine::Machine,
};

/// Several runs of one workflow, each spawned as a task on the tokio runtime.
///
/// `concurrent(..)` of a workflow makes them from their [`Inputs`]. Nothing runs until [`execute`](Self::execute) waits
/// for them, or until the stream of [`into_stream`](Self::into_stream) is polled.
///
/// ```
/// use cano::{WaitStrategy, prelude::*};
///
/// #[task]
/// async fn halve(n: u32) -> CanoResult<u32> {
///     Ok(n / 2)
/// }
///
/// workflow! {
///     #[derive(Debug)]
///     enum Halving {
///         #[start] Halve { n: u32 } = match halve(n) { 0 => Done, n => Halve { n } },
///         #[exit] Done,
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let starts: Vec<_> = (0..100).map(|n| Halving::Halve { n }).collect();
/// let runs = Halving::workflow().concurrent((starts, MemoryStore::new())).with_limit(8.try_into().unwrap());
/// let (results, status) = runs.execute(WaitStrategy::WaitForever).await;
/// assert_eq!((results.len(), status.completed), (100, 100));
/// # }
/// ```
#[must_use = "nothing runs until `execute` or `into_stream`"]
pub struct ConcurrentRuns<M: Machine, St> {
    workflow: Arc<M>,
    inputs: Box<dyn ExactSizeIterator<Item = Input<M, St>> + Send>,
    counter: Counter,
    limit: usize,
    cancellation: Option<CancellationToken>,
    abort: Option<CancellationToken>,
    observers: Observers,
    pub(crate) span: GivenSpan,
}

impl<M, St> ConcurrentRuns<M, St>
where
    M: Machine<State: Send + 'static, Exit: Send + 'static> + 'static,
    St: Borrow<M::Store> + Send + Sync + 'static,
{
    /// One run for each of the inputs, of a workflow in an `Arc`, which others may share.
    pub fn new(workflow: Arc<M>, inputs: impl Inputs<M, Store = St>) -> Self {
        let inputs = inputs.into_inputs(&workflow);
        let counter = Counter::new(inputs.len());
        Self {
            workflow,
            inputs,
            counter,
            limit: usize::MAX,
            cancellation: None,
            abort: None,
            observers: Observers::none(),
            span: GivenSpan::none(),
        }
    }

    /// Sets how many runs there may be at a time; the others wait for their turn, in order. By default there is no
    /// limit.
    pub fn with_limit(mut self, limit: NonZeroUsize) -> Self {
        self.limit = limit.get();
        self
    }

    /// Sets a token that ends the wait: runs that have not ended are then cancelled, as at the end of a
    /// [`WaitStrategy`].
    pub fn with_cancellation(mut self, token: CancellationToken) -> Self {
        self.cancellation = Some(token);
        self
    }

    /// Sets a token that drops what runs, undos included; the runs are still awaited.
    #[cfg(feature = "scheduler")]
    pub(crate) fn with_abort(mut self, token: CancellationToken) -> Self {
        self.abort = Some(token);
        self
    }

    /// Adds an observer of these runs, in addition to those of their workflow.
    pub fn with_observer(mut self, observer: impl Observer) -> Self {
        self.observers.add(observer);
        self
    }

    /// The progress of the runs, to be read while they go on.
    #[must_use]
    pub fn progress(&self) -> RunProgress {
        self.counter.progress()
    }

    /// The results as a stream, in the order in which the runs end. Each comes with its number, the place of its input.
    ///
    /// ```
    /// use cano::{WorkflowResult, prelude::*};
    /// use futures_util::StreamExt;
    ///
    /// # #[task]
    /// # async fn halve(n: u32) -> CanoResult<u32> {
    /// #     Ok(n / 2)
    /// # }
    /// # workflow! {
    /// #     enum Halving {
    /// #         #[start] Halve { n: u32 } = match halve(n) { 0 => Done, n => Halve { n } },
    /// #         #[exit] Done,
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let starts: Vec<_> = (0..100).map(|n| Halving::Halve { n }).collect();
    /// let mut ends = Halving::workflow().concurrent((starts, MemoryStore::new())).into_stream();
    /// while let Some((number, result)) = ends.next().await {
    ///     assert!(number < 100 && result.is_success());
    /// }
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// The stream panics if it is polled outside of a tokio runtime.
    pub fn into_stream(self) -> RunStream<M::Exit> {
        let Self { workflow, inputs, counter, limit, cancellation: ended, abort, observers, span } = self;
        let name = workflow.names().workflow_name();
        let settings = workflow.settings();
        let (all, span) = (settings.observers.clone().and(&observers), span.or(&settings.span));
        let batch = Batch::new(name.clone(), &all, &span, counter);
        let (over, is_observed) = (batch.span(), batch.is_observed());
        // A run that is dropped undoes nothing, so one that has undos is told to end.
        let cancellation = workflow.undoes().then(CancellationToken::new);
        let options = (cancellation.is_some() || is_observed).then(|| RunOptions {
            cancellation: cancellation.clone(),
            observers,
            ..RunOptions::new()
        });
        let source = Source::new(workflow, inputs, options, over);
        RunStream::new(Box::new(source), limit, batch, [ended, abort], cancellation, name)
    }

    /// Runs them, and waits as `strategy` says. Runs that have not ended by then are cancelled and awaited: when this
    /// returns, none of them is running. `results[i]` is the result of the run of input `i`.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops every run that has not ended; their undos do not run.
    ///
    /// # Panics
    ///
    /// If it is polled outside of a tokio runtime.
    pub async fn execute(
        self,
        strategy: WaitStrategy,
    ) -> (Vec<WorkflowResult<M::Exit>>, ConcurrentWorkflowStatus) {
        let began = Instant::now();
        let total = self.inputs.len();
        let mut runs = self.into_stream();
        let mut results: Vec<_> = (0..total).map(|_| WorkflowResult::Cancelled).collect();

        let deadline = strategy.deadline(began);
        let mut timer = deadline.map(|deadline| Box::pin(sleep_until(deadline)));
        let is_over = || deadline.is_some_and(|deadline| deadline <= Instant::now());
        loop {
            if strategy.is_met(runs.counts()) || is_over() {
                runs.close();
            }
            let next = poll_fn(|waker| {
                if timer.as_mut().is_some_and(|timer| timer.as_mut().poll(waker).is_ready()) {
                    timer = None;
                    runs.close();
                }
                runs.poll_run(waker)
            });
            let Some((number, result)) = next.await else { break };
            results[number] = result;
        }
        (results, ConcurrentWorkflowStatus::new(runs.counts(), began.elapsed()))
    }
}

impl<M: Machine, St> fmt::Debug for ConcurrentRuns<M, St> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConcurrentRuns")
            .field("workflow", &self.workflow.names().workflow())
            .field("counts", &self.counter.counts())
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}
