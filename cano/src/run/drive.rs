//! The loop of a run.
//!
//! 1. Only this loop changes the state of a run, and only here a transition is counted.
//! 2. A step is one attempt; another attempt is a step in the same state.
//! 3. What happens seldom (a failure, a wait, a limit) is out of line and boxed: it costs the common case nothing.
//! 4. A panic, a cancellation and a deadline end a run from outside of the loop, round each poll; the state is known
//!    from `cx`, and what has to be undone from `done`, which are the run's.
//! 5. The loop stands in the same future as the steps. As a function over a machine's `step` it would copy the state
//!    into a future of its own for each step, which costs as much as all the rest.

use std::{borrow::Borrow, future::Future, mem::needs_drop, ops::Deref, pin::Pin};

use crate::{
    define::{
        cx::Cx,
        error::CanoError,
        undo::{Done, Undo},
    },
    run::{
        bounds::Bounds,
        driven::driven,
        machine::Machine,
        undo::{undo_all, undo_nothing},
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
            cx.hosts(bounds.as_ref().and_then(|bounds| bounds.undo_timeout()));
        }
        if let Some(watch) = cx.watch() {
            watch.run_started(machine.state_name(&start));
        }
        let done = <M::Undo as Undo>::Journal::default();
        let end = driven(&cx, &mut bounds, machine.drive(start, store.borrow(), &cx, &done)).await;
        let end = match left(&*machine, done, store.borrow(), &cx, bounds.as_deref(), end) {
            Ok(end) => end,
            Err(undoing) => undoing.await,
        };
        if let Some(watch) = cx.watch() {
            watch.run_ended(end.as_ref().err());
        }
        finish(end)
    }
}

/// The loop is over: the end, or the undos of a run that failed, which come to it. These are boxed, so that the others
/// do not keep a place for them.
#[inline]
#[expect(clippy::type_complexity, reason = "each part says what it costs")]
fn left<'a, M: Machine>(
    machine: &'a M,
    mut done: <M::Undo as Undo>::Journal,
    store: &'a M::Store,
    cx: &'a Cx,
    bounds: Option<&Bounds>,
    end: Result<M::Exit, CanoError>,
) -> Result<Result<M::Exit, CanoError>, Pin<Box<impl Future<Output = Result<M::Exit, CanoError>> + use<'a, M>>>>
{
    if let Some(watch) = cx.watch() {
        watch.left(end.as_ref().err());
    }
    match end {
        Err(cause) if !done.is_empty() || machine.hosts() => {
            cx.cancel_attempt();
            let limit = bounds.and_then(Bounds::undo_timeout);
            Err(Box::pin(async move { Err(undo_all(machine, done, store, cx, limit, cause).await) }))
        }
        end if needs_drop::<M::Undo>() && !done.is_empty() => Ok(cx.within(|| undo_nothing(done, cx, end))),
        end => Ok(end),
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
    ($machine:expr, $cx:expr, $state:ident, $step:expr) => {
        'run: {
            let mut progress = $crate::__private::Progress::new($machine, $cx);
            $state = $crate::__drive!(@begun 'run progress, $machine, $cx, $state);
            $crate::__drive!(@steps 'run progress, $machine, $cx, $state, $step)
        }
    };
    // One expression: else the future would keep what it takes apart.
    (@begun $run:lifetime $progress:ident, $machine:expr, $cx:expr, $start:expr) => {
        match $progress.begin($machine, $start, $cx) {
            $crate::__private::Ok($crate::__private::Between((state,))) => state,
            $crate::__private::Err(($crate::__private::Between((state,)), fault)) => {
                $crate::__drive!(@recovered $run $progress, $machine, $cx, state, fault)
            }
        }
    };
    (@steps $run:lifetime $progress:ident, $machine:expr, $cx:expr, $state:ident, $step:expr) => {
        'step: loop {
            // What the step yields is taken apart before anything is awaited: else the future would keep it.
            let (failed, error) = 'failed: {
                let next = match $step {
                    $crate::__private::Next::State(next) => next,
                    $crate::__private::Next::Exit(exit) => break $run $crate::__private::Ok(exit),
                    $crate::__private::Next::Failed(failed, error) => break 'failed (failed, error),
                };
                if $progress.moved($cx) {
                    match $progress.stop($machine, next, $cx) {
                        $crate::__private::Ok((state, $crate::__private::Due::GoOn)) => $state = state,
                        $crate::__private::Ok((state, $crate::__private::Due::Yield)) => {
                            $state = $crate::__private::yield_with(state).await;
                        }
                        $crate::__private::Ok((state, $crate::__private::Due::Fault(fault))) => {
                            break 'failed (state, fault);
                        }
                        $crate::__private::Err(limit) => break $run $crate::__private::Err(limit),
                    }
                } else {
                    $state = next;
                }
                continue 'step;
            };
            $state = $crate::__drive!(@recovered $run $progress, $machine, $cx, failed, error);
        }
    };
    (@recovered $run:lifetime $progress:ident, $machine:expr, $cx:expr, $state:ident, $error:ident) => {
        match $crate::__private::Box::pin($progress.recover($machine, $state, $error, $cx)).await {
            $crate::__private::Ok(next) => next,
            $crate::__private::Err(last) => break $run $crate::__private::Err(last),
        }
    };
}
