use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::task::{JoinError, JoinHandle};

/// The tasks of several runs, by the runs' numbers. When this is dropped, they are aborted.
#[derive(Default)]
pub(super) struct Tasks(Vec<Option<JoinHandle<()>>>);

impl Tasks {
    /// The next number's.
    pub(super) fn push(&mut self, task: JoinHandle<()>) {
        self.0.push(Some(task));
    }

    /// How many there are, those that have ended too.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// So many more are to come.
    pub(super) fn reserve(&mut self, more: usize) {
        self.0.reserve_exact(more);
    }

    pub(super) fn abort_all(&self) {
        self.0.iter().flatten().for_each(JoinHandle::abort);
    }

    /// Forgets one that has ended, whose memory is free with that.
    pub(super) fn forget(&mut self, number: usize) {
        self.0[number] = None;
    }

    /// Waits for one to end, in whatever way.
    pub(super) fn poll_end(&mut self, number: usize, waker: &mut Context<'_>) -> Poll<Result<(), JoinError>> {
        match &mut self.0[number] {
            Some(task) => Pin::new(task).poll(waker),
            None => Poll::Ready(Ok(())),
        }
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        self.abort_all();
    }
}
