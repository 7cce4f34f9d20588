//! After a run that failed: what it did is undone, the last step first.

use std::{future::poll_fn, pin::pin};

use tokio::time::Instant;

use crate::{
    define::{
        cx::Cx,
        error::{CanoError, NotUndone},
        undo::{Done, Undo},
    },
    run::{
        attempts::attempts,
        contained::{drop_contained, poll_contained},
        machine::Machine,
    },
};

/// The error with which the run ends, after its undos: `cause`, or what of them failed as well.
///
/// Each has its own retries, and one that fails does not keep the others from running. The run's cancellation and its
/// deadline do not end them: what was done would stay done.
pub(crate) async fn undo_all<M: Machine>(
    machine: &M,
    done: <M::Undo as Undo>::Journal,
    store: &M::Store,
    cx: &Cx,
    cause: CanoError,
) -> CanoError {
    // Nested runs have undone theirs by now.
    let mut failures = cx.guests_failures();
    for step in done.into_steps().into_iter().rev() {
        let (run, cx) = (cx, cx.for_undo(step.state, step.visit));
        let began = Instant::now();
        run.within(|| cx.undo_started());
        let undo = step.undo;
        let end = {
            let policy = || machine.undo_policy(&undo);
            let mut undone = pin!(attempts(policy, &cx, || machine.undo(&undo, store, &cx)));
            poll_fn(|waker| run.within(|| poll_contained(&cx, undone.as_mut(), waker))).await
        };
        let end = end.and(drop_contained(&cx, || drop(undo)));
        run.within(|| cx.undone(began.elapsed(), end.as_ref().err()));
        failures.extend(end.err());
    }
    match failures.as_slice() {
        [] => cause,
        _ => CanoError::NotUndone(NotUndone::new(cause, failures)),
    }
}
