//! What follows a step: the next one, a yield, another attempt, a `#[catch]`, the end.

use std::mem::take;

use crate::{
    define::{
        cx::Cx,
        error::{CanoError, Name},
    },
    run::{
        attempts::{Retry, after_failure},
        groups::Between,
        machine::Machine,
        pace::{Due, Pace},
    },
};

/// The first state, or that and the fault that takes the place of its step.
type Begun<S> = Result<Between<S>, (Between<S>, CanoError)>;

/// What the loop knows of a run beside its state.
#[doc(hidden)]
pub struct Progress {
    pace: Pace,
    rare: Option<Box<Rare>>,
}

/// What few runs need, so that the others carry a pointer.
#[derive(Default)]
struct Rare {
    /// The last states before the limit.
    seen: Vec<Name>,
    retry: Option<Retry>,
    /// A fault came instead of the yield that was due.
    owes_yield: bool,
}

impl Progress {
    #[inline]
    pub fn new<M: Machine>(machine: &M, cx: &Cx) -> Self {
        Self { pace: Pace::new(machine.settings().transition_limit, cx), rare: None }
    }

    /// The run begins in `state`.
    ///
    /// # Errors
    ///
    /// The fault that takes the place of its first step, if a test asked for one.
    #[inline]
    pub fn begin<M: Machine>(&mut self, machine: &M, state: M::State, cx: &Cx) -> Begun<M::State> {
        if cx.close_watch().is_none() {
            return Ok(Between((state,)));
        }
        cx.stands_in(machine.state_index(&state));
        match begin_attempt(machine, &state, cx) {
            None => Ok(Between((state,))),
            Some(fault) => Err((Between((state,)), fault)),
        }
    }

    /// Counts a transition; whether [`stop`](Self::stop) is due.
    #[inline]
    pub fn moved(&mut self, cx: &Cx) -> bool {
        self.pace.moved(cx)
    }

    /// What is due: to let others run, or to end the run at its limit. Observers are told where it moved.
    ///
    /// # Errors
    ///
    /// The limit of transitions.
    #[cold]
    pub fn stop<M: Machine>(
        &mut self,
        machine: &M,
        state: M::State,
        cx: &Cx,
    ) -> Result<(M::State, Due), CanoError> {
        let due = self.stop_after(machine, &state, cx, None)?;
        Ok((state, due))
    }

    /// As [`stop`](Self::stop); `error` is what a `#[catch]` took.
    fn stop_after<M: Machine>(
        &mut self,
        machine: &M,
        state: &M::State,
        cx: &Cx,
        error: Option<&CanoError>,
    ) -> Result<Due, CanoError> {
        let Self { pace, rare } = self;
        let limit = machine.settings().transition_limit;
        cx.attempt_succeeded();
        cx.first_attempt();
        let due =
            pace.stop(limit, || machine.state_name(state), || &mut rare.get_or_insert_default().seen, cx)?;
        if let Some(watch) = cx.close_watch() {
            cx.transition(machine.state_index(state), machine.state_name(state), error);
            if watch.is_stepwise() {
                return Ok(Due::Yield);
            }
            if let Some(fault) = begin_attempt(machine, state, cx) {
                rare.get_or_insert_default().owes_yield |= matches!(due, Due::Yield);
                return Ok(Due::Fault(fault));
            }
        }
        Ok(due)
    }

    /// What follows a failed attempt: the same state, for another one; the state that a `#[catch]` names; or the end.
    #[cold]
    pub async fn recover<M: Machine>(
        &mut self,
        machine: &M,
        mut state: M::State,
        mut error: CanoError,
        cx: &Cx,
    ) -> Result<M::State, CanoError> {
        loop {
            let rare = self.rare.get_or_insert_default();
            if take(&mut rare.owes_yield) {
                tokio::task::yield_now().await;
            }
            let last = match machine.policy(&state) {
                Some(policy) => match after_failure(error, &policy, cx, &mut rare.retry).await {
                    Ok(()) => {
                        // The state that follows has attempts of its own: none is counted where none failed.
                        self.pace.stop_at_next(cx);
                        match cx.attempt_started(|| policy.max_attempts()) {
                            None => return Ok(state),
                            Some(fault) => {
                                error = fault;
                                continue;
                            }
                        }
                    }
                    Err(last) => last,
                },
                None => error.not_undone(cx.guests_failures()),
            };
            // A panic is a bug, also one in a nested run: it is not an error that a row catches.
            if last.is_panic() {
                return Err(last);
            }
            let told = cx.close_watch().map(|_| last.clone());
            state = machine.catch(state, last)?;
            if !self.moved(cx) {
                return Ok(state);
            }
            match self.stop_after(machine, &state, cx, told.as_ref())? {
                Due::GoOn => return Ok(state),
                Due::Yield => {
                    tokio::task::yield_now().await;
                    return Ok(state);
                }
                Due::Fault(fault) => error = fault,
            }
        }
    }
}

/// Tells that the task of `state` begins; the fault in its place. Several at once tell it themselves, and an exit has
/// none.
fn begin_attempt<M: Machine>(machine: &M, state: &M::State, cx: &Cx) -> Option<CanoError> {
    let policy = machine.policy(state)?;
    cx.attempt_started(|| policy.max_attempts())
}
