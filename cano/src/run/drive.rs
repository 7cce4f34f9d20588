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
    borrow::Borrow,
    future::{Future, poll_fn},
    ops::Deref,
    pin::pin,
    task::Poll,
};

use crate::{
    define::{
        cx::Cx,
        error::{CanoError, Name},
        undo::{Done, Undo},
    },
    run::{
        attempts::{Retry, after_failure},
        bounds::Bounds,
        contained::poll_contained,
        machine::Machine,
        pace::{Due, Pace},
        undo::undo_all,
    },
};

/// One run, from `start` to an exit, or to what `finish` makes of it.
///
/// Workflow and store are borrowed or owned: a run that is spawned owns them itself, because a future round this one
/// would keep what it hands over twice.
#[expect(
    clippy::manual_async_fn,
    reason = "an `async fn` keeps the state once as an argument and once as a variable"
)]
pub(crate) fn run<M, W, St, F, T>(
    machine: W,
    start: M::State,
    store: St,
    mut bounds: Option<Box<Bounds>>,
    finish: F,
) -> impl Future<Output = T>
where
    M: Machine,
    W: Deref<Target = M>,
    St: Borrow<M::Store>,
    F: FnOnce(Result<M::Exit, CanoError>) -> T,
{
    async move {
        let cx = Bounds::begin(&mut bounds, machine.names());
        let mut done = <M::Undo as Undo>::Journal::default();
        let end = {
            let mut driven = pin!(machine.drive(start, store.borrow(), &cx, &done));
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
        finish(match end {
            Err(cause) if !done.is_empty() => {
                cx.cancel_attempt();
                Err(Box::pin(undo_all(&*machine, done, store.borrow(), &cx, cause)).await)
            }
            end => end,
        })
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
                    match progress.stop($machine, &$state, $cx) {
                        $crate::__private::Ok($crate::__private::Due::GoOn) => {}
                        $crate::__private::Ok($crate::__private::Due::Yield) => {
                            $crate::__private::yield_now().await;
                        }
                        $crate::__private::Err(limit) => break 'run $crate::__private::Err(limit),
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
    rare: Option<Box<Rare>>,
}

/// What few runs need, so that the others carry a pointer.
#[derive(Default)]
struct Rare {
    /// The last states before the limit.
    seen: Vec<Name>,
    retry: Option<Retry>,
}

impl Progress {
    pub fn new<M: Machine>(machine: &M) -> Self {
        Self { pace: Pace::new(machine.settings().transition_limit), rare: None }
    }

    /// Counts a transition; whether [`stop`](Self::stop) is due.
    #[inline]
    pub fn moved(&mut self, cx: &Cx) -> bool {
        self.pace.moved(cx)
    }

    /// What is due: to let others run, or to end the run at its limit.
    ///
    /// # Errors
    ///
    /// The limit of transitions.
    #[cold]
    pub fn stop<M: Machine>(&mut self, machine: &M, state: &M::State, cx: &Cx) -> Result<Due, CanoError> {
        let Self { pace, rare } = self;
        let limit = machine.settings().transition_limit;
        pace.stop(limit, || machine.state_name(state), || &mut rare.get_or_insert_default().seen, cx)
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
            Some(policy) => {
                match after_failure(error, &policy, cx, &mut self.rare.get_or_insert_default().retry).await {
                    Ok(()) => return Ok(state),
                    Err(last) => last,
                }
            }
            None => error,
        };
        // A panic is a bug, also one in a nested run: it is not an error that a row catches.
        if last.is_panic() {
            return Err(last);
        }
        let caught = machine.catch(state, last)?;
        if self.moved(cx) && self.stop(machine, &caught, cx)? == Due::Yield {
            tokio::task::yield_now().await;
        }
        Ok(caught)
    }
}
