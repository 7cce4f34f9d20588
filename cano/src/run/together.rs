//! Several tasks of one state at once: all of them, or the first that succeeds.
//!
//! A panic in one of them is its error, so the others end as they do after any error of it.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use crate::{
    define::{
        cx::Cx,
        error::{AnyFailed, CanoError},
    },
    run::contained::poll_contained,
};

/// One of several tasks.
#[doc(hidden)]
pub enum Part<O> {
    Running,
    Done(O),
    Failed,
}

/// Polls one of several tasks unless it has ended; whether it has. Its error, if it is the first, goes to `failed`:
/// then only what has something to undo is polled on.
#[doc(hidden)]
pub fn branch<F, O>(
    task: Pin<&mut F>,
    cx: &Cx,
    part: &mut Part<O>,
    failed: &mut Option<CanoError>,
    waker: &mut Context<'_>,
) -> bool
where
    F: Future<Output = Result<O, CanoError>>,
{
    if !matches!(part, Part::Running) || (failed.is_some() && cx.may_leave()) {
        return true;
    }
    if cx.is_over() {
        return false;
    }
    *part = match poll_contained(cx, task, waker) {
        Poll::Ready(Ok(outcome)) => Part::Done(outcome),
        Poll::Ready(Err(error)) => {
            match failed {
                None => *failed = Some(error),
                Some(_) => cx.keep_failures(&error),
            }
            Part::Failed
        }
        Poll::Pending => return false,
    };
    true
}

/// Awaits several attempts at once: all outcomes as a tuple, or the first error, with which the others are dropped.
///
/// It is a macro so that the futures stay where they are made: a function that takes them keeps them twice.
#[doc(hidden)]
#[macro_export]
macro_rules! __together {
    ($($task:ident = $cx:expr, $future:expr);+ $(;)?) => {{
        let __drops: $crate::__private::Drops = ::core::default::Default::default();
        $(let mut $task = ($crate::__private::pin!(__drops.apart($future)), $crate::__private::Part::Running);)+
        let mut __failed = $crate::__private::None;
        $crate::__private::poll_fn(|__waker| {
            let mut __ready = true;
            $(__ready &= $crate::__private::branch($task.0.as_mut(), $cx, &mut $task.1, &mut __failed, __waker);)+
            if __failed.is_some() {
                __ready = true $(& $cx.leave())+;
            }
            if !__ready {
                return $crate::__private::Poll::Pending;
            }
            if let $crate::__private::Some(error) = __failed.take() {
                return $crate::__private::Poll::Ready($crate::__private::Err(error));
            }
            match ($($crate::__private::replace(&mut $task.1, $crate::__private::Part::Failed),)+) {
                ($($crate::__private::Part::Done($task),)+) => {
                    $crate::__private::Poll::Ready($crate::__private::Ok(($($task,)+)))
                }
                _ => $crate::__private::Poll::Pending,
            }
        })
        .await
    }};
}

/// Polls one of several tasks of which one is enough, unless it has `ended`. When one has `won`, only what has
/// something to undo is polled on.
#[doc(hidden)]
pub fn rival<F, O>(
    task: Pin<&mut F>,
    cx: &Cx,
    ended: &mut bool,
    won: bool,
    errors: &mut Vec<CanoError>,
    waker: &mut Context<'_>,
) -> Poll<O>
where
    F: Future<Output = Result<O, CanoError>>,
{
    if *ended || (won && cx.may_leave()) || cx.is_over() {
        return Poll::Pending;
    }
    match poll_contained(cx, task, waker) {
        Poll::Ready(Ok(outcome)) => {
            *ended = true;
            Poll::Ready(outcome)
        }
        Poll::Ready(Err(error)) => {
            *ended = true;
            cx.keep_failures(&error);
            errors.push(error);
            Poll::Pending
        }
        Poll::Pending => Poll::Pending,
    }
}

/// Awaits several attempts at once: the first outcome, with which the others are dropped, or the errors of all.
#[doc(hidden)]
#[macro_export]
macro_rules! __any {
    ($row:expr; $($task:ident = $cx:expr, $future:expr, $outcome:expr);+ $(;)?) => {{
        let __drops: $crate::__private::Drops = ::core::default::Default::default();
        $(let mut $task = ($crate::__private::pin!(__drops.apart($future)), false);)+
        let mut __errors = $crate::__private::Vec::new();
        let mut __won = $crate::__private::None;
        $crate::__private::poll_fn(|__waker| {
            $(
                if let $crate::__private::Poll::Ready(outcome) = $crate::__private::rival(
                    $task.0.as_mut(), $cx, &mut $task.1, __won.is_some(), &mut __errors, __waker,
                ) {
                    __won.get_or_insert(($outcome)(outcome));
                }
            )+
            if __won.is_some() {
                if true $(& $cx.leave())+
                    && let $crate::__private::Some(outcome) = __won.take()
                {
                    $($cx.has_lost();)+
                    return $crate::__private::Poll::Ready($crate::__private::Ok(outcome));
                }
                return $crate::__private::Poll::Pending;
            }
            if $($task.1)&&+ {
                let errors = $crate::__private::take(&mut __errors);
                return $crate::__private::Poll::Ready($crate::__private::Err($crate::__private::any_failed($row, errors)));
            }
            $crate::__private::Poll::Pending
        })
        .await
    }};
}

/// The error of the row: a panic is one in the row too.
#[doc(hidden)]
#[cold]
pub fn any_failed(cx: &Cx, mut errors: Vec<CanoError>) -> CanoError {
    if let Some(panic) = errors.iter().position(CanoError::is_panic) {
        return errors.swap_remove(panic);
    }
    CanoError::task_execution(AnyFailed::new(errors)).at(cx.row_place(), 1)
}
