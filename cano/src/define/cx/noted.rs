//! What the engine notes of the attempt under way.

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use tokio_util::sync::CancellationToken;

use super::{Cx, Timer};
use crate::define::error::CanoError;

impl Cx {
    /// Notes that the run stands in the state of this index. It is the first thing that a step does.
    #[doc(hidden)]
    #[inline]
    pub fn enter(&self, state: u32) {
        self.state.store(state, Relaxed);
    }

    /// Notes that the run made a transition; how many it has made.
    #[inline]
    pub(crate) fn moved(&self) -> u64 {
        let visit = self.visit.load(Relaxed) + 1;
        self.visit.store(visit, Relaxed);
        visit
    }

    /// The next attempt is the first one in its state.
    pub(crate) fn first_attempt(&self) {
        self.attempt.store(1, Relaxed);
    }

    pub(crate) fn next_attempt(&self) {
        self.attempt.store(self.attempt().saturating_add(1), Relaxed);
    }

    /// From here on the row sees to the timeout of each attempt, so that the task does not.
    #[doc(hidden)]
    #[inline]
    pub fn timed_by_row(&self) {
        self.is_timed.store(true, Relaxed);
    }

    /// From here on a task sees to its timeout itself, if it has one.
    #[doc(hidden)]
    #[inline]
    pub fn timed_by_task(&self) {
        self.is_timed.store(false, Relaxed);
    }

    /// The attempt waits for a limit from here on: no timeout counts that.
    #[doc(hidden)]
    pub fn join_line(&self) {
        self.is_in_line.store(true, Relaxed);
    }

    /// The limit has answered.
    #[doc(hidden)]
    pub fn leave_line(&self) {
        self.is_in_line.store(false, Relaxed);
    }

    /// A task's own timeout, unless somebody round it sees to that.
    #[doc(hidden)]
    #[must_use]
    pub fn unless_timed(&self, timeout: Option<Duration>) -> Option<Duration> {
        timeout.filter(|_| !self.is_timed.load(Relaxed))
    }

    /// The timer of this attempt, which waits, unless it may do so for ever.
    pub(crate) fn take_timer(&self, timeout: impl FnOnce() -> Option<Duration>) -> Option<Timer> {
        // A row's timeout stands round its task's limits, whose wait is no part of the attempt.
        if self.is_in_line.load(Relaxed) {
            return None;
        }
        Timer::of((self.visit.load(Relaxed), self.attempt()), self.aside.take_timer(), timeout)
    }

    pub(crate) fn give_timer(&self, timer: Timer) {
        self.aside.give_timer(timer);
    }

    pub(crate) fn token_if_any(&self) -> Option<CancellationToken> {
        self.aside.token_if_any()
    }

    /// Cancels the token of the current attempt, where the task has asked for it.
    pub(crate) fn cancel_attempt(&self) {
        self.aside.cancel();
    }

    /// Keeps what `prep` yielded for the next attempt of `exec`.
    pub(crate) fn stash<P: Send + 'static>(&self, prepared: P, has_fallback: bool) {
        self.aside.stash(prepared, has_fallback);
    }

    /// What an earlier attempt kept, and the last error if this is the fallback's turn.
    pub(crate) fn unstash<P: Send + 'static>(&self) -> Option<(P, Option<CanoError>)> {
        self.aside.unstash()
    }

    /// Drops what an attempt kept for the next one, which does not come.
    pub(crate) fn drop_stash(&self) {
        self.aside.drop_stash();
    }

    /// Notes that what this attempt yields is the last, also where it is an error that others may repeat.
    pub(crate) fn settle(&self) {
        self.is_settled.store(true, Relaxed);
    }

    pub(crate) fn take_settled(&self) -> bool {
        self.is_settled.swap(false, Relaxed)
    }

    /// Hands the last error to a fallback, if one waits for it; else what was kept is dropped.
    pub(crate) fn fall_back(&self, error: &CanoError) -> bool {
        let falls_back = self.aside.fall_back(error);
        if falls_back {
            // It bears the number of the last attempt, but has a time of its own.
            drop(self.aside.take_timer());
        }
        falls_back
    }

    /// Whether this attempt is the fallback's turn.
    pub(crate) fn falls_back(&self) -> bool {
        self.aside.falls_back()
    }

    /// The tokens of its attempts are children of this one.
    pub(crate) fn with_parent_token(self, parent: CancellationToken) -> Self {
        self.aside.set_parent_token(parent);
        self
    }
}
