//! The loop of a run.
//!
//! 1. Only this loop changes the state of a run, and only here a transition is counted.
//! 2. A step is one attempt; another attempt is a step in the same state.
//! 3. What happens seldom (a failure, a wait, a limit) is out of line and boxed: it costs the common case nothing.
//! 4. A panic, a cancellation and a deadline end a run from outside of the loop, round each poll; the state is known
//!    from `cx`, and what has to be undone from `done`, which are the run's.
//! 5. The loop stands in the same future as the steps. As a function over a machine's `step` it would copy the state
//!    into a future of its own for each step, which costs as much as all the rest.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

use crate::{
    define::{
        cx::{Cx, RunId},
        error::CanoError,
        options::RunOptions,
        undo::Done,
    },
    run::{
        attempts::{Retry, after_failure},
        bounds::Bounds,
        contained::poll_contained,
        machine::Machine,
        pace::Pace,
        undo::undo_all,
    },
};

/// One run, from `start` to an exit.
#[expect(
    clippy::manual_async_fn,
    reason = "an `async fn` keeps the state once as an argument and once as a variable"
)]
pub(crate) fn run<M: Machine>(
    machine: &M,
    start: M::State,
    store: &M::Store,
    options: Option<Box<RunOptions>>,
) -> impl Future<Output = Result<M::Exit, CanoError>> {
    async move {
        let id = options.as_ref().and_then(|options| options.run_id).unwrap_or_else(RunId::next);
        let mut cx = Cx::new(id, machine.names());
        if let Some(token) = options.as_ref().and_then(|options| options.parent_token()) {
            cx = cx.with_parent_token(token);
        }
        let mut bounds = Bounds::new(machine.settings(), options.as_deref(), cx.started());
        let mut done = Done::new();
        let end = {
            let mut driven = pin!(machine.drive(start, store, &cx, &done));
            poll_fn(|waker| {
                if let Some(bounds) = &mut bounds
                    && let Poll::Ready(error) = bounds.poll(&cx, waker)
                {
                    return Poll::Ready(Err(error));
                }
                poll_contained(&cx, driven.as_mut(), waker)
            })
            .await
        };
        match end {
            Err(cause) if !done.is_empty() => {
                cx.cancel_attempt();
                Err(Box::pin(undo_all(machine, done, store, &cx, cause)).await)
            }
            end => end,
        }
    }
}

/// The loop, from `$state` to an exit. `$step` is one attempt in `$state`, which it moves; it yields a
/// [`Next`](crate::define::step::Next).
#[doc(hidden)]
#[macro_export]
macro_rules! __drive {
    ($machine:expr, $cx:expr, $state:ident, $step:expr) => {{
        let mut progress = $crate::__private::Progress::new($machine);
        'run: loop {
            // What the step yields is taken apart before anything is awaited: else the future would keep it.
            let (failed, error) = 'failed: {
                match $step {
                    $crate::__private::Next::State(next) => $state = next,
                    $crate::__private::Next::Exit(exit) => break 'run $crate::__private::Ok(exit),
                    $crate::__private::Next::Failed(failed, error) => break 'failed (failed, error),
                }
                if progress.moved($cx) {
                    if let $crate::__private::Err(limit) = progress.stop($machine, &$state, $cx).await {
                        break 'run $crate::__private::Err(limit);
                    }
                }
                continue 'run;
            };
            match $crate::__private::Box::pin(progress.recover($machine, failed, error, $cx)).await {
                $crate::__private::Ok(next) => $state = next,
                $crate::__private::Err(last) => break 'run $crate::__private::Err(last),
            }
        }
    }};
}

/// What the loop knows of a run beside its state.
#[doc(hidden)]
pub struct Progress {
    pace: Pace,
    retry: Option<Retry>,
}

impl Progress {
    pub fn new<M: Machine>(machine: &M) -> Self {
        Self { pace: Pace::new(machine.settings().transition_limit), retry: None }
    }

    /// Counts a transition; whether [`stop`](Self::stop) is due.
    #[inline]
    pub fn moved(&mut self, cx: &Cx) -> bool {
        self.pace.moved(cx)
    }

    /// Lets others run, and ends the run at its limit.
    ///
    /// The name is read before the future is made, so that a state need not be `Sync`.
    #[cold]
    pub fn stop<'a, M: Machine>(
        &'a mut self,
        machine: &M,
        state: &M::State,
        cx: &'a Cx,
    ) -> impl Future<Output = Result<(), CanoError>> + Send + use<'a, M> {
        let state = self.pace.is_watched().then(|| machine.state_name(state));
        self.pace.stop(state, cx)
    }

    /// What follows a failed attempt: the same state, for another one; the state that a `#[catch]` names; or the end.
    #[cold]
    pub async fn recover<M: Machine>(
        &mut self,
        machine: &M,
        state: M::State,
        error: CanoError,
        cx: &Cx,
    ) -> Result<M::State, CanoError> {
        let last = match machine.policy(&state) {
            Some(policy) => match after_failure(error, &policy, cx, &mut self.retry).await {
                Ok(()) => return Ok(state),
                Err(last) => last,
            },
            None => error,
        };
        // A panic is a bug, also one in a nested run: it is not an error that a row catches.
        if last.is_panic() {
            return Err(last);
        }
        let caught = machine.catch(state, last)?;
        if self.moved(cx) {
            self.stop(machine, &caught, cx).await?;
        }
        Ok(caught)
    }
}
