//! Who is told what happens to schedules.
//!
//! What happened is noted under the lock and told without it, by one thread at a time: so nothing changes places, and
//! an observer that calls the scheduler finds it open, and is told of what it did when it has returned.

mod event;
#[cfg(feature = "tracing")]
mod log;
#[cfg(not(feature = "tracing"))]
mod no_log;

use std::sync::Arc;

use tokio::time::Instant;

#[cfg(feature = "tracing")]
use self::log::{is_wanted, log};
#[cfg(not(feature = "tracing"))]
use self::no_log::{is_wanted, log};
use super::{contained::contained, record::Happened};
use crate::define::event::{Audience, Event, EventKind, Observer, Observers};

/// What is still to be told.
pub(super) struct Outbox {
    observers: Observers,
    noted: Vec<Noted>,
    is_being_told: bool,
}

/// What happened, to which schedule, or to all of them, and when.
struct Noted {
    id: Option<Arc<str>>,
    at: Instant,
    happened: Happened,
}

/// What is told at once.
pub(super) struct News {
    observers: Observers,
    noted: Vec<Noted>,
}

impl Outbox {
    pub(super) const fn new() -> Self {
        Self { observers: Observers::none(), noted: Vec::new(), is_being_told: false }
    }

    pub(super) fn observe(&mut self, observer: impl Observer) {
        self.observers.add(observer);
    }

    /// Whether anybody listens.
    pub(super) fn is_wanted(&self) -> bool {
        !self.observers.is_empty() || is_wanted()
    }

    pub(super) fn put(&mut self, id: Option<Arc<str>>, happened: Happened) {
        self.noted.push(Noted { id, at: Instant::now(), happened });
    }

    /// What the caller is to tell, unless somebody else is telling.
    pub(super) fn begin(&mut self) -> Option<News> {
        if self.is_being_told { None } else { self.go_on() }
    }

    /// What the caller, who has been telling, is to tell next.
    pub(super) fn go_on(&mut self) -> Option<News> {
        self.is_being_told = !self.noted.is_empty();
        let noted = std::mem::take(&mut self.noted);
        self.is_being_told.then(|| News { observers: self.observers.clone(), noted })
    }
}

impl News {
    /// Tells it. An observer that panics is told no more of it, and hears what happens next.
    pub(super) fn tell(self) {
        let audience = Audience::new(&self.observers);
        for noted in self.noted {
            // A subscriber may panic, too, and the drop of an error.
            let audience = &audience;
            let _ = contained(move || noted.with_event(|event| emit(event, audience)));
        }
    }
}

fn emit(event: &Event<'_>, audience: &Audience) {
    for message in audience.tell(event) {
        let panicked = Event { kind: EventKind::ObserverPanicked { message: &message }, ..*event };
        emit(&panicked, audience);
    }
    log(event);
}
