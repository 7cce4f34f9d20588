//! One task over the items of a field.

use std::{
    future::{Future, poll_fn},
    num::NonZeroUsize,
    pin::Pin,
    task::Poll,
};

use futures_core::Stream;
use futures_util::stream::FuturesUnordered;

use crate::{
    define::{cx::Cx, error::CanoError},
    run::apart::Drops,
};

/// After so many items others may run, also where none of them waits.
const YIELD_EVERY: usize = 256;

/// How the runs of the items end: with the first error, or each for itself.
#[doc(hidden)]
pub trait Gather<O> {
    type Gathered;

    /// # Errors
    ///
    /// The item's, where it is to end the others.
    fn gather(end: Result<O, CanoError>) -> Result<Self::Gathered, CanoError>;
}

/// The first error ends the others.
#[doc(hidden)]
pub struct AllItems;

/// Each item has its own result.
#[doc(hidden)]
pub struct Partial;

impl<O> Gather<O> for AllItems {
    type Gathered = O;

    fn gather(end: Result<O, CanoError>) -> Result<O, CanoError> {
        end
    }
}

impl<O> Gather<O> for Partial {
    type Gathered = Result<O, CanoError>;

    /// A panic is a bug, not an item's result.
    fn gather(end: Result<O, CanoError>) -> Result<Self::Gathered, CanoError> {
        match end {
            Err(error) if error.is_panic() => Err(error),
            end => Ok(end),
        }
    }
}

/// Awaits `call` for items `0..count`, at most `limit` at once, and yields their outcomes in the order of the items.
///
/// The futures are polled without tokio's budget: once it is used up, a set of futures is polled again and again in
/// vain.
///
/// # Errors
///
/// The first item's that fails, with which the others are dropped.
#[doc(hidden)]
pub async fn each<G, O, F, Fut>(
    count: usize,
    limit: Option<NonZeroUsize>,
    cx: &Cx,
    call: F,
) -> Result<Vec<G::Gathered>, CanoError>
where
    G: Gather<O>,
    F: Fn(usize) -> Fut,
    Fut: Future<Output = Result<O, CanoError>>,
{
    let limit = limit.map_or(usize::MAX, NonZeroUsize::get);
    let mut gathered: Vec<Option<G::Gathered>> = (0..count).map(|_| None).collect();
    let drops = Drops::default();
    let mut running = FuturesUnordered::new();
    let mut waiting = 0..count;
    let mut ended = 0_usize;
    loop {
        while running.len() < limit
            && let Some(item) = waiting.next()
        {
            let attempts = call(item);
            running.push(drops.apart(async move { (item, attempts.await) }));
        }
        let next = poll_fn(|waker| Pin::new(&mut running).poll_next(waker));
        match tokio::task::unconstrained(next).await {
            Some((item, end)) => match G::gather(end) {
                Ok(outcome) => {
                    gathered[item] = Some(outcome);
                    ended += 1;
                    if ended.is_multiple_of(YIELD_EVERY) {
                        tokio::task::yield_now().await;
                    }
                }
                Err(error) => {
                    // Whoever has something to undo does so first.
                    while !cx.leave() {
                        let next = poll_fn(|waker| match cx.may_leave() {
                            true => Poll::Ready(None),
                            false => match Pin::new(&mut running).poll_next(waker) {
                                Poll::Pending if cx.may_leave() => Poll::Ready(None),
                                polled => polled,
                            },
                        });
                        if let Some((_, Err(unheard))) = tokio::task::unconstrained(next).await {
                            cx.keep_failures(&unheard);
                        }
                    }
                    return Err(error);
                }
            },
            None => return Ok(gathered.into_iter().flatten().collect()),
        }
    }
}
