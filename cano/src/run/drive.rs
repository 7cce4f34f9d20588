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
    future::{Future, Ready, poll_fn, ready},
    ops::Deref,
    pin::{Pin, pin},
    task::{Poll, ready},
};

use futures_util::future::Either;

use crate::{
    define::{
        cx::Cx,
        error::{CanoError, Name},
        undo::{Done, Undo},
    },
    run::{
        attempts::{Retry, after_failure},
        bounds::Bounds,
        checked::States,
        contained::{drop_contained, poll_contained},
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
        let cx = Bounds::begin(&mut bounds, machine.names(), machine.settings());
        if machine.hosts() {
            cx.hosts();
        }
        if let Some(watch) = cx.watch() {
            watch.run_started(machine.state_name(&start));
        }
        let done = <M::Undo as Undo>::Journal::default();
        let end = {
            // What the closure holds is not kept beside it.
            let driven = pin!(Some(machine.drive(start, store.borrow(), &cx, &done)));
            let (mut driven, bounds, cx) = (driven, &mut bounds, &cx);
            poll_fn(move |waker| {
                let end = match (
                    bounds.as_mut().map(|bounds| bounds.poll(cx, waker)),
                    driven.as_mut().as_pin_mut(),
                ) {
                    (Some(Poll::Ready(error)), _) => Err(error),
                    (_, None) => return Poll::Pending,
                    (_, Some(driven)) => {
                        let polled = cx.within(|| poll_contained(cx, driven, waker));
                        let polled = match bounds {
                            None => polled,
                            Some(bounds) => bounds.polled(cx, polled),
                        };
                        ready!(polled)
                    }
                };
                // What ends a run from outside drops its task in the middle.
                Poll::Ready(cx.within(|| drop_contained(cx, || driven.set(None))).and(end))
            })
            .await
        };
        let end = left(&*machine, done, store.borrow(), &cx, end).await;
        if let Some(watch) = cx.watch() {
            watch.run_ended(end.as_ref().err());
        }
        finish(end)
    }
}

/// The loop is over: a run that failed undoes what it did.
///
/// It is no part of the future above, which would keep `end` beside the loop that it is made by.
#[inline]
#[expect(clippy::type_complexity, reason = "each part says what it costs")]
fn left<'a, M: Machine>(
    machine: &'a M,
    mut done: <M::Undo as Undo>::Journal,
    store: &'a M::Store,
    cx: &'a Cx,
    end: Result<M::Exit, CanoError>,
) -> Either<
    Ready<Result<M::Exit, CanoError>>,
    Pin<Box<impl Future<Output = Result<M::Exit, CanoError>> + use<'a, M>>>,
> {
    if let Some(watch) = cx.watch() {
        watch.left(end.as_ref().err());
    }
    match end {
        Err(cause) if !done.is_empty() || machine.hosts() => {
            cx.cancel_attempt();
            Either::Right(Box::pin(async move { Err(undo_all(machine, done, store, cx, cause).await) }))
        }
        end => Either::Left(ready(end)),
    }
}

/// The loop, from `$state` to an exit. `$step` is one attempt in `$state`, which it moves; it yields a
/// [`Next`](crate::define::step::Next).
///
/// Nothing here borrows the state, and where the loop waits the state is handed over: so a step that takes its state
/// apart has it in registers, where the future would keep it in memory from step to step.
#[doc(hidden)]
#[macro_export]
macro_rules! __drive {
    ($machine:expr, $cx:expr, $state:ident, $step:expr) => {{
        let (mut progress, start) = $crate::__private::Progress::new($machine, $cx, $state);
        $state = start;
        $crate::__drive!(progress in $machine, $cx, $state, $step)
    }};
    ($progress:ident in $machine:expr, $cx:expr, $state:ident, $step:expr) => {{
        'run: loop {
            // What the step yields is taken apart before anything is awaited: else the future would keep it.
            let (failed, error) = 'failed: {
                let next = match $step {
                    $crate::__private::Next::State(next) => next,
                    $crate::__private::Next::Exit(exit) => break 'run $crate::__private::Ok(exit),
                    $crate::__private::Next::Failed(failed, error) => break 'failed (failed, error),
                };
                if $progress.moved($cx) {
                    match $progress.stop($machine, next, $cx) {
                        $crate::__private::Ok((state, $crate::__private::Due::GoOn)) => $state = state,
                        $crate::__private::Ok((state, $crate::__private::Due::Yield)) => {
                            $state = $crate::__private::yield_with(state).await;
                        }
                        $crate::__private::Err(limit) => break 'run $crate::__private::Err(limit),
                    }
                } else {
                    $state = next;
                }
                continue 'run;
            };
            match $crate::__private::Box::pin($progress.recover($machine, failed, error, $cx)).await {
                $crate::__private::Ok(next) => $state = next,
                $crate::__private::Err(last) => break 'run $crate::__private::Err(last),
            }
        }
    }};
}

/// The state of a table in which the next step begins.
///
/// It is noted before the step takes the state apart: a store to `cx` between its fields and the task would have the
/// fields go by way of memory.
#[doc(hidden)]
#[inline]
pub fn enter<S: States>(cx: &Cx, state: S) -> S {
    cx.enter(state.index());
    state
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
    /// The run begins in `state`.
    pub fn new<M: Machine>(machine: &M, cx: &Cx, state: M::State) -> (Self, M::State) {
        if cx.close_watch().is_some() {
            cx.stands_in(machine.state_index(&state));
            begin_attempt(machine, &state, cx);
        }
        (Self { pace: Pace::new(machine.settings().transition_limit, cx), rare: None }, state)
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
            begin_attempt(machine, state, cx);
        }
        Ok(due)
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
                    Ok(()) => {
                        // The state that follows has attempts of its own: none is counted where none failed.
                        self.pace.stop_at_next(cx);
                        cx.attempt_started(|| policy.max_attempts());
                        return Ok(state);
                    }
                    Err(last) => last,
                }
            }
            None => error,
        };
        // A panic is a bug, also one in a nested run: it is not an error that a row catches.
        if last.is_panic() {
            return Err(last);
        }
        let told = cx.close_watch().map(|_| last.clone());
        let caught = machine.catch(state, last)?;
        if self.moved(cx) && self.stop_after(machine, &caught, cx, told.as_ref())? == Due::Yield {
            tokio::task::yield_now().await;
        }
        Ok(caught)
    }
}

/// Tells that the task of `state` begins. Several at once tell it themselves, and an exit has none.
fn begin_attempt<M: Machine>(machine: &M, state: &M::State, cx: &Cx) {
    if let Some(policy) = machine.policy(state) {
        cx.attempt_started(|| policy.max_attempts());
    }
}
