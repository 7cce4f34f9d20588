//! How runs tell that they ended.
//!
//! Each leaves its end in a list that all share. So a run costs no entry in a set of tasks, and one wake serves all
//! that have ended since somebody looked.

use std::{
    collections::VecDeque,
    future::Future,
    num::NonZeroUsize,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker, ready},
};

use crate::define::error::CanoError;

/// The number of a run, and its end; `None` if its task was dropped before, or panicked.
pub(super) type Ended<E> = (usize, Option<Result<E, CanoError>>);

/// Where runs leave their ends.
pub(super) struct Ends<E>(Mutex<List<E>>);

struct List<E> {
    ended: VecDeque<Ended<E>>,
    /// Who waits for more of them.
    waker: Option<Waker>,
}

impl<E> Ends<E> {
    pub(super) fn new() -> Self {
        Self(Mutex::new(List { ended: VecDeque::new(), waker: None }))
    }

    /// Exchanges the list, if it is not empty, for `taken`, which is.
    pub(super) fn poll_take(&self, taken: &mut VecDeque<Ended<E>>, waker: &Context<'_>) -> Poll<()> {
        let mut list = self.list();
        if list.ended.is_empty() {
            let stale = list.waker.replace(waker.waker().clone());
            drop(list);
            // A waker's drop may be a user's.
            drop(stale);
            return Poll::Pending;
        }
        std::mem::swap(&mut list.ended, taken);
        Poll::Ready(())
    }

    fn push(&self, ended: Ended<E>) {
        let mut list = self.list();
        list.ended.push_back(ended);
        let waker = list.waker.take();
        drop(list);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn list(&self) -> MutexGuard<'_, List<E>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A run in its task. Where it tells its end is beside it: so nothing is left of the run when that is told.
pub(super) struct RunTask<E, F> {
    /// Boxed: a task is copied several times on its way to the runtime, and its memory is aligned to 128 bytes.
    run: Option<Pin<Box<F>>>,
    teller: Teller<E>,
}

/// If it is dropped before it told the run's end, it tells that there is none.
struct Teller<E> {
    ends: Arc<Ends<E>>,
    /// The run's number and one, until its end is told.
    number: Option<NonZeroUsize>,
}

impl<E, F> RunTask<E, F> {
    pub(super) fn new(run: F, number: usize, ends: &Arc<Ends<E>>) -> Self {
        let teller = Teller { ends: Arc::clone(ends), number: NonZeroUsize::MIN.checked_add(number) };
        Self { run: Some(Box::pin(run)), teller }
    }
}

impl<E, F: Future<Output = Result<E, CanoError>>> Future for RunTask<E, F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, waker: &mut Context<'_>) -> Poll<()> {
        let Some(run) = &mut self.run else { return Poll::Pending };
        let end = ready!(run.as_mut().poll(waker));
        self.run = None;
        self.teller.tell(Some(end));
        Poll::Ready(())
    }
}

impl<E> Teller<E> {
    fn tell(&mut self, end: Option<Result<E, CanoError>>) {
        if let Some(number) = self.number.take() {
            self.ends.push((number.get() - 1, end));
        }
    }
}

impl<E> Drop for Teller<E> {
    fn drop(&mut self) {
        self.tell(None);
    }
}
