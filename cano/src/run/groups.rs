//! The loop of a table whose rows stand in groups.
//!
//! The compiler takes more than linear time for one body with many `.await`s: it checks the borrows of all of it at
//! each, and the optimiser merges all tasks. So each group of rows has a body of its own, with the loop of
//! [`drive!`](crate::__drive) over its states, and a run goes from body to body. They stand in one future, which has
//! place for the largest: a transition to another group allocates nothing.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// The state that a run is in before it enters a group, or its first state.
///
/// It is two deep because rustc gives the reason nearest to the surface why a future is not `Send`: that is to be the
/// field of a row, not the enum.
#[doc(hidden)]
pub struct Between<S>(pub (S,));

/// The loop, from `$between` to an exit. Each `$group` is a pattern of states, and a step in them as `drive!` takes it,
/// to which every other state is an exit.
#[doc(hidden)]
#[macro_export]
macro_rules! __drive_in_groups {
    ($machine:expr, $cx:expr, $between:ident, $state:ident, { $($exits:tt)* }, $($group:pat => $step:expr),+ $(,)?) => {
        'run: {
            let $crate::__private::Between((start,)) = $between;
            let mut progress = $crate::__private::Progress::new($machine, $cx);
            let start = $crate::__drive!(@begun 'run progress, $machine, $cx, start);
            $between = $crate::__private::Between((start,));
            loop {
                let $crate::__private::Between((mut $state,)) = $between;
                let left = match $state {
                    $($group => {
                        let progress = &mut progress;
                        let mut rows = $crate::__private::pin!(async move {
                            'rows: {
                                $crate::__drive!(@steps 'rows progress, $machine, $cx, $state, $step)
                            }
                        });
                        $crate::__private::poll_fn(|waker| $crate::__private::poll_apart(rows.as_mut(), waker)).await
                    })+
                    $($exits)*
                };
                match left {
                    $crate::__private::Ok(next) => $between = $crate::__private::Between((next,)),
                    $crate::__private::Err(error) => break 'run $crate::__private::Err(error),
                }
            }
        }
    };
}

/// Polls a group of rows. Inlined, the groups were one body again.
#[doc(hidden)]
#[inline(never)]
pub fn poll_apart<F: Future>(rows: Pin<&mut F>, waker: &mut Context<'_>) -> Poll<F::Output> {
    rows.poll(waker)
}
