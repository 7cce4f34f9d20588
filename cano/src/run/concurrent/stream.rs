//! The runs as they end.

use std::{
    collections::HashMap,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_core::Stream;
use tokio::task::{Id, JoinError, JoinSet};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

use super::{RunCounts, RunProgress, WorkflowResult, batch::Batch};
use crate::define::error::{CanoError, Panicked, Place, Stop};

/// Starts one run, in a task of its own, if there is one left to start.
type Start<E> = Box<dyn FnMut(&mut JoinSet<(usize, Result<E, CanoError>)>) -> Option<Id> + Send>;

/// A token until it is cancelled.
type Told = Option<Pin<Box<WaitForCancellationFutureOwned>>>;

/// Several runs, each yielded once, with its number, as it ends: [`into_stream`](crate::ConcurrentRuns::into_stream).
///
/// What never began because the runs were cancelled comes last. Runs begin when the stream is first polled, on the runtime where that is. Dropping it drops them all; their undos do not run.
#[must_use = "runs begin when the stream is polled"]
pub struct RunStream<E> {
    start: Start<E>,
    running: JoinSet<(usize, Result<E, CanoError>)>,
    /// The task of each run that was started, by its number.
    ids: Vec<Id>,
    /// The numbers of the first of them: of as many as there were when one was last looked up.
    numbers: HashMap<Id, usize>,
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
    workflow: Place,
}

impl<E: Send + 'static> RunStream<E> {
    pub(super) fn new(
        start: Start<E>,
        limit: usize,
        batch: Batch,
        from_outside: [Option<CancellationToken>; 2],
        cancellation: Option<CancellationToken>,
        workflow: Place,
    ) -> Self {
        let [ended, aborted] = from_outside.map(|token| token.map(|token| Box::pin(token.cancelled_owned())));
        Self {
            start,
            running: JoinSet::new(),
            ids: Vec::new(),
            numbers: HashMap::new(),
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

    /// How far the runs are, to be asked while they go on.
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
            None => self.running.abort_all(),
        }
    }

    fn refill(&mut self) {
        let (before, total) = (self.ids.len(), self.batch.counter.counts().total);
        while !self.is_closed
            && self.ids.len() < total
            && self.running.len() < self.limit
            && let Some(id) = (self.start)(&mut self.running)
        {
            self.ids.push(id);
        }
        let started = self.ids.len() - before;
        if started > 0 {
            self.batch.counter.change(|counts| counts.running += started);
        }
    }

    pub(super) fn poll_run(&mut self, waker: &mut Context<'_>) -> Poll<Option<(usize, WorkflowResult<E>)>> {
        if is_told(&mut self.ended, waker) {
            self.close();
        }
        if is_told(&mut self.aborted, waker) {
            self.close();
            self.running.abort_all();
        }
        self.refill();
        let (number, result, was_running) = match ready!(self.running.poll_join_next(waker)) {
            Some(Ok((number, end))) => (number, WorkflowResult::new(end), 1),
            Some(Err(error)) => {
                let (number, result) = self.lost(error);
                (number, result, 1)
            }
            // What was never started is told last.
            None if self.ids.len() + self.told < self.batch.counter.counts().total => {
                self.told += 1;
                (self.ids.len() + self.told - 1, WorkflowResult::Cancelled, 0)
            }
            None => {
                self.batch.end();
                return Poll::Ready(None);
            }
        };
        self.batch.counter.change(|counts| {
            counts.running -= was_running;
            counts.count(&result);
        });
        // At once: whoever takes the results may be slow.
        self.refill();
        Poll::Ready(Some((number, result)))
    }

    /// A run whose task was aborted, or whose store or state panicked when it was dropped.
    fn lost(&mut self, error: JoinError) -> (usize, WorkflowResult<E>) {
        let known = self.numbers.len();
        self.numbers.extend(self.ids[known..].iter().copied().zip(known..));
        let number = self.numbers.get(&error.id()).copied().unwrap_or_default();
        let result = match error.try_into_panic() {
            Ok(payload) => {
                let stop = Stop { place: self.workflow.clone(), attempt: 0, elapsed: Duration::ZERO };
                WorkflowResult::Failed(CanoError::Panicked(Panicked::new(stop, payload)))
            }
            Err(_) => WorkflowResult::Cancelled,
        };
        (number, result)
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
