//! What the driver, the handles and the runs share.
//!
//! 1. One lock guards it. It is held for no longer than it takes to change it, and no code of a user runs under it: not
//!    a trigger, a clock, a workflow, a drop of one of them.
//! 2. What has to be done outside of the lock is collected in [`Effects`].
//! 3. A command takes effect when the lock is released: there is no queue between a handle and the driver in which one
//!    could be lost, or outlive a stop. The driver is only told to look.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use tokio::{sync::oneshot, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{
    clock::{Clock, TRUSTED},
    contained::{contained, drop_contained},
    entry::{Entry, Waiting},
    record::RunEnd,
    run::Launch,
    state::State,
    times::{Times, read},
    told::News,
};
use crate::define::error::CanoError;

pub(super) struct Shared {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

/// What is done when the lock is released.
#[derive(Default)]
pub(super) struct Effects {
    pub(super) launches: Vec<Launch>,
    pub(super) cancels: Vec<CancellationToken>,
    pub(super) replies: Vec<(oneshot::Sender<RunEnd>, RunEnd)>,
    /// Only to be dropped.
    pub(super) dropped: Vec<Entry>,
    errors: Vec<CanoError>,
    wakes_driver: bool,
}

impl Shared {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        let state = State::new(Times::begin(read(&*clock)));
        Self { clock, state: Mutex::new(state) }
    }

    /// Changes the state at the present time, then does what follows.
    pub(super) fn with<T>(self: &Arc<Self>, change: impl FnOnce(&mut State, &mut Effects) -> T) -> T {
        let reading = self.read();
        let mut effects = Effects::default();
        let mut state = self.lock();
        effects.wakes_driver = state.look(reading);
        let changed = change(&mut state, &mut effects);
        let news = state.outbox.begin();
        effects.errors = std::mem::take(&mut state.displaced);
        let driver =
            effects.wakes_driver.then(|| state.phase.epoch().map(|epoch| Arc::clone(&epoch.changed)));
        drop(state);
        if let Some(Some(driver)) = driver {
            driver.notify_one();
        }
        let is_telling = news.is_some();
        news.into_iter().for_each(News::tell);
        // What the caller did has been told; what others do meanwhile does not hold it up.
        effects.follow(self);
        while is_telling && let Some(news) = self.still_to_tell() {
            news.tell();
        }
        drop_contained(effects);
        changed
    }

    /// What was noted meanwhile. In the loop's condition the lock would be held for as long as that is told.
    fn still_to_tell(&self) -> Option<News> {
        self.lock().outbox.go_on()
    }

    /// What the clocks show. The user's may panic, and may do so where that would end the driver, or lose a run's end.
    fn read(&self) -> Result<(Timestamp, Instant), CanoError> {
        contained(|| read(&*self.clock))
    }

    /// For how long the clock on the wall may be trusted; one that panics, no longer than any other.
    pub(super) fn trusted_for(&self) -> Option<Duration> {
        contained(|| self.clock.trusted_for()).unwrap_or(Some(TRUSTED))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code of a user runs under it, so nothing is half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Effects {
    fn follow(&mut self, shared: &Arc<Shared>) {
        self.cancels.iter().for_each(CancellationToken::cancel);
        for (reply, end) in self.replies.drain(..) {
            // Nobody has to await a run.
            let _ = reply.send(end);
        }
        for launch in self.launches.drain(..) {
            launch.spawn(Arc::clone(shared));
        }
    }

    pub(super) fn wake_driver(&mut self) {
        self.wakes_driver = true;
    }

    pub(super) fn cancel(&mut self, waiting: Waiting) {
        if let Some(reply) = waiting.by_hand {
            self.replies.push((reply, RunEnd::Cancelled));
        }
    }
}
