//! The loop of a run, ended by what is outside of it: a panic, a cancellation, a deadline.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use pin_project_lite::pin_project;

use crate::{
    define::{cx::Cx, error::CanoError},
    run::{
        bounds::Bounds,
        contained::{drop_contained, end_after, poll_contained},
    },
};

pin_project! {
    /// A future of its own, not a closure of `poll_fn`: that would keep its references beside the loop, and a flag for
    /// whether the loop is there. Here the flag is in a reference.
    #[project = Parts]
    pub(crate) enum Driven<'a, F> {
        Going {
            cx: &'a Cx,
            bounds: &'a mut Option<Box<Bounds>>,
            #[pin]
            drive: F,
        },
        Over,
    }
}

/// What `drive`, a run's loop, comes to within its bounds.
pub(crate) fn driven<'a, F>(cx: &'a Cx, bounds: &'a mut Option<Box<Bounds>>, drive: F) -> Driven<'a, F> {
    Driven::Going { cx, bounds, drive }
}

impl<T, F: Future<Output = Result<T, CanoError>>> Future for Driven<'_, F> {
    type Output = Result<T, CanoError>;

    fn poll(mut self: Pin<&mut Self>, waker: &mut Context<'_>) -> Poll<Self::Output> {
        let Parts::Going { cx, bounds, drive } = self.as_mut().project() else { return Poll::Pending };
        let cx = *cx;
        let end = match bounds.as_mut().map(|bounds| bounds.poll(cx, waker)) {
            Some(Poll::Ready(error)) => Err(error),
            _ => {
                let polled = cx.within(|| poll_contained(cx, drive, waker));
                ready!(match bounds {
                    None => polled,
                    Some(bounds) => bounds.polled(cx, polled),
                })
            }
        };
        // What ends a run from outside drops its task in the middle. Each drop may panic, and the run ends all the same.
        let left = cx.within(|| end_after(cx, || self.set(Self::Over), end));
        Poll::Ready(left.map_err(|error| failed(cx, error)))
    }
}

/// The run failed: what its last attempt kept for the next one is dropped.
#[cold]
fn failed(cx: &Cx, error: CanoError) -> CanoError {
    cx.within(|| drop_contained(cx, || cx.drop_stash())).err().unwrap_or(error)
}
