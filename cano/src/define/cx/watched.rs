//! What the observers of a run are told of it.

use std::time::Duration;

use super::{Aside, Cx};
use crate::define::{
    error::{CanoError, Name},
    event::{Attempt, EventKind},
    names::Names,
    options::{RunOptions, Settings},
    watch::Watch,
};

impl Cx {
    /// With the observers that the workflow and the run were given, and the spans.
    #[inline]
    pub(crate) fn watched(mut self, settings: &Settings, options: Option<&RunOptions>) -> Self {
        let watch = Watch::new(&self.names, self.run, settings, options);
        if watch.is_some() {
            self.aside = Aside::watched(watch);
        }
        self
    }

    #[inline]
    pub(crate) fn watch(&self) -> Option<&Watch> {
        self.aside.watch()
    }

    /// Who is told every step, if anybody is.
    #[inline]
    pub(crate) fn close_watch(&self) -> Option<&Watch> {
        self.watch().filter(|watch| watch.is_close())
    }

    /// Polls with the spans of this run, or this part of it, as the current ones.
    #[inline]
    pub(crate) fn within<R>(&self, poll: impl FnOnce() -> R) -> R {
        match self.watch() {
            None => poll(),
            Some(watch) => watch.within(poll),
        }
    }

    /// Reports the progress of this attempt, `done` of `total` in any unit, as
    /// [`EventKind::Progress`](crate::EventKind::Progress) to the observers. Without an observer it costs next to
    /// nothing.
    ///
    /// ```
    /// use cano::prelude::*;
    ///
    /// #[task]
    /// async fn sum(rows: &[u64], cx: &Cx) -> CanoResult<u64> {
    ///     let mut sum = 0;
    ///     for (done, row) in (1..).zip(rows) {
    ///         sum += row;
    ///         cx.progress(done, rows.len() as u64);
    ///     }
    ///     Ok(sum)
    /// }
    /// # fn main() {}
    /// ```
    pub fn progress(&self, done: u64, total: u64) {
        if let Some(watch) = self.close_watch() {
            watch.emit(EventKind::Progress { attempt: self.now(), done, total });
        }
    }

    /// An attempt of the current task begins; the error that takes its place, if a test asked for one. A fallback is
    /// no attempt.
    #[must_use]
    pub(crate) fn attempt_started(&self, max_attempts: impl FnOnce() -> u32) -> Option<CanoError> {
        let watch = self.close_watch()?;
        watch.attempt_started(self.now(), max_attempts());
        if self.falls_back() { None } else { watch.fault(self.now()) }
    }

    pub(crate) fn attempt_succeeded(&self) {
        if let Some(watch) = self.close_watch() {
            watch.attempt_succeeded(self.now());
        }
    }

    pub(crate) fn attempt_failed(&self, error: &CanoError, next_delay: Option<Duration>) {
        if let Some(watch) = self.watch() {
            watch.attempt_failed(self.now(), error, next_delay);
        }
    }

    /// The attempt under way, if one is, ended in a panic.
    pub(crate) fn attempt_panicked(&self, error: &CanoError) {
        if let Some(watch) = self.watch() {
            watch.attempt_panicked(self.now(), error);
        }
    }

    /// The run moves on to `to`, which has this index; `error` is what a `#[catch]` took.
    pub(crate) fn transition(&self, index: u32, to: Name, error: Option<&CanoError>) {
        if let Some(watch) = self.close_watch() {
            watch.moved(self.state_index(), to, error);
            self.stands_in(index);
        }
    }

    /// The run stands in the state of this index, before its step says so.
    pub(crate) fn stands_in(&self, index: u32) {
        let Some(watch) = self.close_watch() else { return };
        // An unregistered state has no index: its error names the state that led there.
        if index != Names::NO_STATE {
            self.enter(index);
        }
        watch.state_entered(index, self.here().1);
    }

    /// This attempt is of an undo, which begins.
    pub(crate) fn undo_started(&self) {
        if let Some(watch) = self.close_watch() {
            watch.emit(EventKind::UndoStarted { state: self.state(), task: self.task() });
        }
    }

    pub(crate) fn undone(&self, duration: Duration, error: Option<&CanoError>) {
        if let Some(watch) = self.watch() {
            watch.emit(EventKind::Undone { state: self.state(), task: self.task(), duration, error });
        }
    }

    fn now(&self) -> Attempt<'_> {
        Attempt { state: self.state(), task: self.task(), item: self.item(), number: self.attempt() }
    }
}

/// A phase of a node begins.
#[cfg(feature = "tracing")]
#[doc(hidden)]
#[inline]
pub fn enter_phase(cx: &Cx, name: &'static str) {
    if let Some(watch) = cx.watch() {
        watch.spans.enter_phase(name);
    }
}
