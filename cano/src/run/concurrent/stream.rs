//! The runs as they end.

use std::{
    collections::VecDeque,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_core::Stream;
use tokio::task::{JoinError, coop::poll_proceed};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

use super::{
    RunCounts, RunProgress, WorkflowResult,
    batch::Batch,
    ends::{Ended, Ends},
    source::Start,
    tasks::Tasks,
};
use crate::define::error::{CanoError, Name, Panicked, Stop};

/// A token until it is cancelled.
type Told = Option<Pin<Box<WaitForCancellationFutureOwned>>>;

/// The results of several runs, each with its number, in the order in which they end:
/// [`into_stream`](crate::ConcurrentRuns::into_stream).
///
/// Runs that never began because the runs were cancelled come last. The runs begin when the stream is first polled, as
/// tasks of the runtime that polls it. Dropping the stream drops them all; their undos do not run.
#[must_use = "runs begin when the stream is polled"]
pub struct RunStream<E> {
    source: Box<dyn Start<E>>,
    tasks: Tasks,
    ends: Arc<Ends<E>>,
    /// Those of them that were taken, and are to be yielded.
    taken: VecDeque<Ended<E>>,
    limit: usize,
    batch: Batch,
    /// Cancels those whose undos have to run; `None` where dropping them does.
    cancellation: Option<CancellationToken>,
    /// Ends them from outside.
    ended: Told,
    /// Drops them from outside, with their undos.
    aborted: Told,
    /// Nothing starts any more.
    is_closed: bool,
    /// How many of those that were never started have been told.
    told: usize,
    workflow: Name,
}

impl<E: Send + 'static> RunStream<E> {
    pub(super) fn new(
        source: Box<dyn Start<E>>,
        limit: usize,
        batch: Batch,
        from_outside: [Option<CancellationToken>; 2],
        cancellation: Option<CancellationToken>,
        workflow: Name,
    ) -> Self {
        let [ended, aborted] = from_outside.map(|token| token.map(|token| Box::pin(token.cancelled_owned())));
        Self {
            source,
            tasks: Tasks::default(),
            ends: Arc::new(Ends::new()),
            taken: VecDeque::new(),
            limit,
            batch,
            cancellation,
            ended,
            aborted,
            is_closed: false,
            told: 0,
            workflow,
        }
    }

    /// The progress of the runs, to be read while they go on.
    #[must_use]
    pub fn progress(&self) -> RunProgress {
        self.batch.counter.progress()
    }

    pub(super) fn counts(&self) -> RunCounts {
        self.batch.counter.counts()
    }

    /// Starts nothing more, and ends what runs. How each of them ended is still to be had.
    pub(super) fn close(&mut self) {
        if std::mem::replace(&mut self.is_closed, true) {
            return;
        }
        match &self.cancellation {
            Some(token) => token.cancel(),
            None => self.tasks.abort_all(),
        }
    }

    fn refill(&mut self) {
        let (counts, before) = (self.counts(), self.tasks.len());
        let free = self.limit.saturating_sub(counts.running).min(counts.total - before);
        if self.is_closed || free == 0 {
            return;
        }
        self.source.start(free, &mut self.tasks, &self.ends);
        let started = self.tasks.len() - before;
        self.batch.counter.change(|counts| counts.running += started);
    }

    pub(super) fn poll_run(&mut self, waker: &mut Context<'_>) -> Poll<Option<(usize, WorkflowResult<E>)>> {
        if is_told(&mut self.ended, waker) {
            self.close();
        }
        if is_told(&mut self.aborted, waker) {
            self.close();
            self.tasks.abort_all();
        }
        self.refill();
        let (number, result, was_running) = if self.counts().running > 0 {
            let (number, result) = ready!(self.poll_ended(waker));
            (number, result, 1)
        } else if self.tasks.len() + self.told < self.counts().total {
            // What was never started is told last.
            self.told += 1;
            (self.tasks.len() + self.told - 1, WorkflowResult::Cancelled, 0)
        } else {
            self.batch.end();
            return Poll::Ready(None);
        };
        self.batch.counter.change(|counts| {
            counts.running -= was_running;
            counts.count(&result);
        });
        // At once: whoever takes the results may be slow.
        self.refill();
        Poll::Ready(Some((number, result)))
    }

    /// The next one that has ended.
    fn poll_ended(&mut self, waker: &mut Context<'_>) -> Poll<(usize, WorkflowResult<E>)> {
        // However many there are, others have their turn.
        let coop = ready!(poll_proceed(waker));
        if self.taken.is_empty() {
            ready!(self.ends.poll_take(&mut self.taken, waker));
        }
        let Some((number, end)) = self.taken.pop_front() else { return Poll::Pending };
        let result = match end {
            Some(end) => WorkflowResult::new(end),
            None => match self.tasks.poll_end(number, waker) {
                Poll::Ready(end) => self.lost(end),
                // Another thread is about to drop what is left of it.
                Poll::Pending => {
                    self.taken.push_front((number, None));
                    return Poll::Pending;
                }
            },
        };
        self.tasks.forget(number);
        coop.made_progress();
        Poll::Ready((number, result))
    }

    /// A run whose task was aborted, or whose store or state panicked when it was dropped.
    fn lost(&self, end: Result<(), JoinError>) -> WorkflowResult<E> {
        match end.map_err(JoinError::try_into_panic) {
            Err(Ok(payload)) => {
                let stop = Stop::of(self.workflow.clone(), Duration::ZERO);
                WorkflowResult::Failed(CanoError::Panicked(Panicked::new(stop, payload)))
            }
            Ok(()) | Err(Err(_)) => WorkflowResult::Cancelled,
        }
    }
}

/// Whether the token was cancelled; once.
fn is_told(token: &mut Told, waker: &mut Context<'_>) -> bool {
    let is_told = token.as_mut().is_some_and(|token| token.as_mut().poll(waker).is_ready());
    if is_told {
        *token = None;
    }
    is_told
}

// An exit in the list is not pinned.
impl<E> Unpin for RunStream<E> {}

impl<E: Send + 'static> Stream for RunStream<E> {
    type Item = (usize, WorkflowResult<E>);

    fn poll_next(self: Pin<&mut Self>, waker: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_run(waker)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let open = self.batch.counter.counts().open();
        (open, Some(open))
    }
}

impl<E> std::fmt::Debug for RunStream<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunStream").field("counts", &self.batch.counter.counts()).finish_non_exhaustive()
    }
}
