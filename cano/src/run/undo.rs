//! After a run that failed: what it did is undone, the last step first.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep_until};

use crate::{
    define::{
        cx::Cx,
        error::{CanoError, UndoTimeout},
        undo::{Done, Undo},
    },
    run::{
        attempts::attempts,
        contained::{drop_contained, end_after, poll_contained},
        machine::Machine,
    },
};

/// The error with which the run ends, after its undos: `cause`, or what of them failed as well.
///
/// Each has its own retries, and one that fails does not keep the others from running. The run's cancellation and its
/// deadline do not end them: what was done would stay done. Only their own timeout does, that of all of them.
pub(crate) async fn undo_all<M: Machine>(
    machine: &M,
    done: <M::Undo as Undo>::Journal,
    store: &M::Store,
    cx: &Cx,
    timeout: Option<Duration>,
    cause: CanoError,
) -> CanoError {
    // Nested runs have undone theirs by now.
    let mut failures = cx.unheard_failures();
    failures.extend(cx.guests_failures());
    let mut time = Time::new(timeout);
    for step in done.into_steps().into_iter().rev() {
        let (run, cx) = (cx, cx.for_undo(step.state, step.visit));
        let began = Instant::now();
        run.within(|| cx.undo_started());
        let undo = step.undo;
        let end = match time.over() {
            Some(timeout) => Err(late(&cx, 0, timeout)),
            None => {
                let policy = || machine.undo_policy(&undo);
                let mut undone = pin!(Some(attempts(policy, &cx, || machine.undo(&undo, store, &cx))));
                let end = poll_fn(|waker| {
                    let Some(undone) = undone.as_mut().as_pin_mut() else { return Poll::Pending };
                    match run.within(|| poll_contained(&cx, undone, waker)) {
                        Poll::Pending => {
                            time.poll(waker).map(|timeout| Err(late(&cx, cx.attempt(), timeout)))
                        }
                        undone => undone,
                    }
                })
                .await;
                run.within(|| end_after(&cx, || undone.set(None), end))
            }
        };
        // An undo that failed says more than what it was given.
        let end = end.and(drop_contained(&cx, || drop(undo)));
        run.within(|| cx.undone(began.elapsed(), end.as_ref().err()));
        failures.extend(end.err());
    }
    cause.not_undone(failures)
}

/// The run is at an exit, `end`: what its undos would have been given is dropped, each for itself.
#[cold]
pub(crate) fn undo_nothing<U, T>(
    done: impl Done<U>,
    cx: &Cx,
    end: Result<T, CanoError>,
) -> Result<T, CanoError> {
    done.into_steps().into_iter().fold(end, |end, step| end_after(cx, || drop(step.undo), end))
}

/// What is left for all of them.
struct Time(Option<(Duration, Pin<Box<Sleep>>)>);

impl Time {
    fn new(timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|timeout| {
            let end = Instant::now().checked_add(timeout)?;
            Some((timeout, Box::pin(sleep_until(end))))
        }))
    }

    /// How long it was, if it is over.
    fn over(&self) -> Option<Duration> {
        let (timeout, end) = self.0.as_ref()?;
        (end.deadline() <= Instant::now()).then_some(*timeout)
    }

    /// How long it was, once it is over.
    fn poll(&mut self, waker: &mut Context<'_>) -> Poll<Duration> {
        let Some((timeout, end)) = &mut self.0 else { return Poll::Pending };
        end.as_mut().poll(waker).map(|()| *timeout)
    }
}

/// The error of an undo that came as far as this attempt.
fn late(cx: &Cx, attempt: u32, timeout: Duration) -> CanoError {
    CanoError::UndoTimeout(UndoTimeout::new(cx.place(), attempt, timeout))
}
