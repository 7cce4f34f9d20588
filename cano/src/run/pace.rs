use std::num::NonZeroU64;

use crate::define::{
    cx::Cx,
    error::{CanoError, Name, TransitionLimit},
};

/// Counts the transitions of a run, and says when the loop has to look up: to let others run, and at the limit.
///
/// One comparison a transition serves both.
pub(crate) struct Pace {
    /// How many transitions the run has made.
    visit: u64,
    /// The count at which [`stop`](Self::stop) is due.
    next_stop: u64,
    limit: Option<NonZeroU64>,
    /// The last states before the limit.
    seen: Vec<Name>,
}

impl Pace {
    /// So many transitions without a yield keep a ticker of 1 ms within 3 ms.
    const YIELD_EVERY: u64 = 256;
    /// How many states before the limit are remembered: enough for a cycle that a person can read.
    const WATCHED: u64 = 64;

    pub(crate) fn new(limit: Option<NonZeroU64>) -> Self {
        let mut pace = Self { visit: 0, next_stop: 0, limit, seen: Vec::new() };
        pace.schedule();
        pace
    }

    /// Counts a transition; whether [`stop`](Self::stop) is due.
    #[inline]
    pub(crate) fn moved(&mut self, cx: &Cx) -> bool {
        self.visit += 1;
        cx.moved(self.visit);
        self.visit == self.next_stop
    }

    /// Whether the limit is near, so that the states from here on are to be named.
    pub(crate) fn is_watched(&self) -> bool {
        self.limit.is_some_and(|limit| self.visit > limit.get().saturating_sub(Self::WATCHED))
    }

    /// `state` is named where it is [watched](Self::is_watched).
    #[cold]
    pub(crate) async fn stop(&mut self, state: Option<Name>, cx: &Cx) -> Result<(), CanoError> {
        if let Some(limit) = self.limit
            && self.visit > limit.get()
        {
            // The state that would be next is not among them: the run does not enter it.
            let place = cx.place();
            if self.seen.is_empty() {
                self.seen.push(place.state);
            }
            let (workflow, states) = (place.workflow, cycle(std::mem::take(&mut self.seen)));
            return Err(CanoError::TransitionLimit(TransitionLimit::new(
                workflow,
                limit.get(),
                states,
                cx.elapsed(),
            )));
        }
        self.seen.extend(state);
        if self.visit.is_multiple_of(Self::YIELD_EVERY) {
            tokio::task::yield_now().await;
        }
        self.schedule();
        Ok(())
    }

    fn schedule(&mut self) {
        let next_yield = (self.visit / Self::YIELD_EVERY + 1) * Self::YIELD_EVERY;
        let near_limit = self.limit.map_or(u64::MAX, |limit| limit.get().saturating_sub(Self::WATCHED) + 1);
        self.next_stop = if self.visit >= near_limit { self.visit + 1 } else { next_yield.min(near_limit) };
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
