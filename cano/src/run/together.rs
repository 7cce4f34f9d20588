//! Several tasks of one state at once.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use crate::define::{cx::Cx, error::CanoError};

/// Polls one of several tasks unless it is done; its outcome goes to `done`.
#[doc(hidden)]
pub fn branch<F, O>(
    mut task: Pin<&mut F>,
    number: u8,
    cx: &Cx,
    done: &mut Option<O>,
    waker: &mut Context<'_>,
) -> Result<bool, CanoError>
where
    F: Future<Output = Result<O, CanoError>>,
{
    if done.is_none() {
        cx.polls(number);
        let polled = task.as_mut().poll(waker);
        cx.polls(0);
        match polled {
            Poll::Ready(outcome) => *done = Some(outcome?),
            Poll::Pending => return Ok(false),
        }
    }
    Ok(true)
}

/// Awaits several attempts at once: all outcomes as a tuple, or the first error, with which the others are dropped.
///
/// It is a macro so that the futures stay where they are made: a function that takes them keeps them twice.
#[doc(hidden)]
#[macro_export]
macro_rules! __together {
    ($cx:expr; $($task:ident = $number:literal $future:expr),+ $(,)?) => {{
        $(let mut $task = ($crate::__private::pin!($future), $crate::__private::None);)+
        $crate::__private::poll_fn(|__waker| {
            let mut __ready = true;
            $(
                match $crate::__private::branch($task.0.as_mut(), $number, $cx, &mut $task.1, __waker) {
                    $crate::__private::Ok(done) => __ready &= done,
                    $crate::__private::Err(error) => {
                        return $crate::__private::Poll::Ready($crate::__private::Err(error));
                    }
                }
            )+
            if !__ready {
                return $crate::__private::Poll::Pending;
            }
            match ($($task.1.take(),)+) {
                ($($crate::__private::Some($task),)+) => {
                    $crate::__private::Poll::Ready($crate::__private::Ok(($($task,)+)))
                }
                _ => $crate::__private::Poll::Pending,
            }
        })
        .await
    }};
}
