//! The loop of a run.
//!
//! 1. Only this loop changes the state of a run, and only here a transition is counted.
//! 2. A step is one attempt; another attempt is a step in the same state.
//! 3. What happens seldom (a failure, a wait, a limit) is out of line and boxed: it costs the common case nothing.
//! 4. A panic ends its run as an error of that run; it is caught round each poll, and the state is known from `cx`.

use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

use crate::{
    define::{
        cx::{Cx, RunId},
        error::{CanoError, Panicked},
        step::Next,
    },
    run::{
        attempts::{Retry, after_failure},
        machine::Machine,
        pace::Pace,
    },
};

/// One run, from `start` to an exit.
pub(crate) async fn run<M: Machine>(
    machine: &M,
    start: M::State,
    store: &M::Store,
    id: RunId,
) -> Result<M::Exit, CanoError> {
    let cx = Cx::new(id, machine.names());
    let mut driven = pin!(drive(machine, start, store, &cx));
    poll_fn(|task| {
        // What a panic leaves half done is dropped with the run, so nobody sees it.
        match catch_unwind(AssertUnwindSafe(|| driven.as_mut().poll(task))) {
            Ok(poll) => poll,
            Err(payload) => Poll::Ready(Err(CanoError::Panicked(Panicked::new(cx.place(), payload)))),
        }
    })
    .await
}

async fn drive<M: Machine>(
    machine: &M,
    mut state: M::State,
    store: &M::Store,
    cx: &Cx,
) -> Result<M::Exit, CanoError> {
    let mut pace = Pace::new(machine.transition_limit());
    let mut retry = None;
    loop {
        let next = match machine.step(state, store, cx).await {
            Next::State(next) => next,
            Next::Exit(exit) => return Ok(exit),
            Next::Failed(failed, error) => {
                match Box::pin(recover(machine, failed, error, cx, &mut retry)).await? {
                    Recovered::Again(same) => {
                        state = same;
                        continue;
                    }
                    Recovered::Caught(next) => next,
                }
            }
        };
        state = next;
        pace.visit += 1;
        cx.moved(pace.visit);
        if pace.visit == pace.next_stop {
            let states = pace.watched().then(|| machine.state_name(&state));
            pace.stop(states, cx).await?;
        }
    }
}

/// What a failed attempt leads to.
enum Recovered<S> {
    /// Another attempt in the same state.
    Again(S),
    /// A state that a `#[catch]` names.
    Caught(S),
}

#[cold]
async fn recover<M: Machine>(
    machine: &M,
    state: M::State,
    error: CanoError,
    cx: &Cx,
    retry: &mut Option<Retry>,
) -> Result<Recovered<M::State>, CanoError> {
    let last = match machine.policy(&state) {
        Some(policy) => match after_failure(error, &policy, cx, retry).await {
            Ok(()) => return Ok(Recovered::Again(state)),
            Err(last) => last,
        },
        None => error,
    };
    machine.catch(state, last).map(Recovered::Caught)
}
