use std::{future::Future, num::NonZeroU64};

use futures_util::FutureExt;

use crate::define::{
    cx::Cx,
    error::{CanoError, Name, TransitionLimit},
};

/// Counts the transitions of a run, and says when the loop has to look up: to let others run, and at the limit.
///
/// One comparison a transition serves both.
pub(crate) struct Pace {
    /// The count at which [`stop`](Self::stop) is due.
    next_stop: u64,
}

/// What the loop is to do at a stop.
#[doc(hidden)]
#[derive(Debug)]
pub enum Due {
    GoOn,
    /// Let others run.
    Yield,
    /// A fault takes the place of the next step.
    Fault(CanoError),
}

/// Lets others run, and hands back the state.
#[doc(hidden)]
pub fn yield_with<S>(state: S) -> impl Future<Output = S> {
    tokio::task::yield_now().map(move |()| state)
}

impl Pace {
    /// So many transitions without a yield keep a ticker of 1 ms within 3 ms.
    const YIELD_EVERY: u64 = 256;
    /// How many states before the limit are remembered: enough for a cycle that a person can read.
    const WATCHED: u64 = 64;

    pub(crate) fn new(limit: Option<NonZeroU64>, cx: &Cx) -> Self {
        Self { next_stop: Self::stop_after(0, limit, cx) }
    }

    /// Counts a transition; whether [`stop`](Self::stop) is due.
    #[inline]
    pub(crate) fn moved(&mut self, cx: &Cx) -> bool {
        cx.moved() == self.next_stop
    }

    /// The next transition is a stop: there is something to put right then.
    pub(crate) fn stop_at_next(&mut self, cx: &Cx) {
        let (_, visit) = cx.here();
        self.next_stop = visit + 1;
    }

    /// What is due, in the state of this name. `seen` are the last states before the limit.
    pub(crate) fn stop<'a>(
        &mut self,
        limit: Option<NonZeroU64>,
        name: impl FnOnce() -> Name,
        seen: impl FnOnce() -> &'a mut Vec<Name>,
        cx: &Cx,
    ) -> Result<Due, CanoError> {
        let (_, visit) = cx.here();
        if let Some(limit) = limit
            && visit > limit.get()
        {
            // The state that would be next is not among them: the run does not enter it.
            let place = cx.place();
            let mut seen = std::mem::take(seen());
            if seen.is_empty() {
                seen.push(place.state);
            }
            let ended = TransitionLimit::new(place.workflow, limit.get(), cycle(seen), cx.elapsed());
            return Err(CanoError::TransitionLimit(ended));
        }
        if Self::is_near(visit, limit) {
            seen().push(name());
        }
        self.next_stop = Self::stop_after(visit, limit, cx);
        Ok(if visit.is_multiple_of(Self::YIELD_EVERY) { Due::Yield } else { Due::GoOn })
    }

    /// Whether the limit is near, so that the states from here on are to be named.
    fn is_near(visit: u64, limit: Option<NonZeroU64>) -> bool {
        limit.is_some_and(|limit| visit > limit.get().saturating_sub(Self::WATCHED))
    }

    /// At the next transition, where the run is watched closely or its limit is near.
    fn stop_after(visit: u64, limit: Option<NonZeroU64>, cx: &Cx) -> u64 {
        let next_yield = (visit / Self::YIELD_EVERY + 1) * Self::YIELD_EVERY;
        let near_limit = limit.map_or(u64::MAX, |limit| limit.get().saturating_sub(Self::WATCHED) + 1);
        let is_watched = cx.close_watch().is_some();
        if is_watched || visit >= near_limit { visit + 1 } else { next_yield.min(near_limit) }
    }
}

/// The states since the first visit of the last one, each once: those before it only led there. All of them, where the
/// last one was not visited before.
fn cycle(seen: Vec<Name>) -> Vec<Name> {
    let first = seen.iter().position(|state| Some(state) == seen.last()).unwrap_or(0);
    let first = if first + 1 == seen.len() { 0 } else { first };
    let mut states = Vec::new();
    for state in seen.into_iter().skip(first) {
        if !states.contains(&state) {
            states.push(state);
        }
    }
    states
}
