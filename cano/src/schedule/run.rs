//! One run, in a task of its own.

use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::Arc,
    task::Poll,
};

use tokio::{runtime::Handle, sync::oneshot, time::Instant};
use tokio_util::{sync::CancellationToken, task::task_tracker::TaskTrackerToken};

use super::{
    epoch::Epoch,
    record::{EndedRun, RunEnd},
    runnable::{Runnable, Slot},
    shared::Shared,
};
use crate::define::{
    error::{CanoError, Panicked, Stop},
    options::RunOptions,
};

/// A run that is counted as under way and is still to be spawned.
pub(super) struct Launch {
    pub(super) runtime: Handle,
    pub(super) runnable: Arc<dyn Runnable>,
    pub(super) slot: Slot,
    pub(super) options: RunOptions,
    pub(super) reporter: Reporter,
}

/// Says how a run ended, however it ends: also where its task is dropped, with its runtime for instance.
pub(super) struct Reporter {
    index: u32,
    slot: Slot,
    began: Instant,
    end: RunEnd,
    by_hand: Option<oneshot::Sender<RunEnd>>,
    token: CancellationToken,
    abort: CancellationToken,
    shared: Option<Arc<Shared>>,
    /// A stop waits for it.
    _tracked: TaskTrackerToken,
}

impl Launch {
    pub(super) fn spawn(self, shared: Arc<Shared>) {
        let Self { runtime, runnable, slot, options, mut reporter } = self;
        reporter.shared = Some(shared);
        runtime.spawn(async move {
            let (abort, id) = (reporter.abort.clone(), Arc::clone(&slot.id));
            // What makes the run is the user's, too: it is called within.
            let run = contained(&id, async move { runnable.run_until_aborted(slot, options, abort).await });
            let end = match run.await {
                Some(Ok(())) => RunEnd::Succeeded,
                Some(Err(CanoError::Cancelled(_))) if reporter.token.is_cancelled() => RunEnd::Cancelled,
                Some(Err(error)) => RunEnd::Failed(error),
                None => RunEnd::Aborted,
            };
            reporter.ended(end);
        });
    }
}

impl Reporter {
    pub(super) fn new(
        index: u32,
        slot: Slot,
        by_hand: Option<oneshot::Sender<RunEnd>>,
        token: CancellationToken,
        epoch: &Epoch,
    ) -> Self {
        Self {
            index,
            slot,
            began: Instant::now(),
            end: RunEnd::Aborted,
            by_hand,
            token,
            abort: epoch.abort.clone(),
            shared: None,
            _tracked: epoch.tracker.token(),
        }
    }
}

impl Reporter {
    fn ended(mut self, end: RunEnd) {
        self.end = end;
    }
}

impl Drop for Reporter {
    fn drop(&mut self) {
        let Some(shared) = self.shared.take() else { return };
        let run = EndedRun {
            run_id: self.slot.run_id,
            slot: self.slot.time,
            is_by_hand: self.slot.is_by_hand,
            started: self.slot.started,
            duration: self.began.elapsed(),
            end: self.end.clone(),
        };
        let by_hand = self.by_hand.take();
        shared.with(|state, effects| state.ended(self.index, run, by_hand, effects));
    }
}

/// Makes a panic an error of the run.
async fn contained<F>(id: &str, run: F) -> F::Output
where
    F: Future<Output = Option<Result<(), CanoError>>>,
{
    let began = Instant::now();
    let mut run = pin!(run);
    poll_fn(|waker| match catch_unwind(AssertUnwindSafe(|| run.as_mut().poll(waker))) {
        Ok(poll) => poll,
        Err(payload) => {
            let stop = Stop::of(id.to_owned(), began.elapsed());
            Poll::Ready(Some(Err(CanoError::Panicked(Panicked::new(stop, payload)))))
        }
    })
    .await
}
