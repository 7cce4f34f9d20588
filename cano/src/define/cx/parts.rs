//! What is below a `Cx`: one of several tasks, an item, an undo, and the nested runs that may have something to undo.

use std::{
    sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use super::{Aside, Cx, Guest, guests::Guests};
use crate::define::{error::CanoError, names::Names, watch::Watch};

impl Cx {
    /// For task number `task` of the current state, which runs several at once: it has its own attempts.
    #[doc(hidden)]
    #[must_use]
    pub fn branch(&self, task: u8) -> Self {
        self.part(self.state_index(), self.visit.load(Relaxed), task, Self::NO_ITEM)
    }

    /// For one item of an `each`.
    #[doc(hidden)]
    #[must_use]
    pub fn for_item(&self, item: usize) -> Self {
        let item = u32::try_from(item).unwrap_or(Self::NO_ITEM - 1);
        self.part(self.state_index(), self.visit.load(Relaxed), self.task, item)
    }

    /// For the undo of what was done in this state, in this visit. It is beyond the run's cancellation.
    pub(crate) fn for_undo(&self, state: u32, visit: u64) -> Self {
        self.part(state, visit, Names::UNDO, Self::NO_ITEM)
    }

    fn part(&self, state: u32, visit: u64, task: u8, item: u32) -> Self {
        let aside = Aside::watched(self.watch().map(Watch::part));
        if task != Names::UNDO {
            let guests = self.aside.guests();
            // The nested runs below it are told by this one's token.
            let parent = if guests.is_some() { Some(self.aside.token()) } else { self.aside.token_if_any() };
            if let Some(parent) = parent {
                aside.set_parent_token(parent);
            }
            if let Some(outer) = guests {
                aside.set_guests(Guests::new(outer.undo_timeout(), Some(outer)));
            }
        }
        Self {
            run: self.run,
            names: self.names.clone(),
            began: self.began,
            state: AtomicU32::new(state),
            attempt: AtomicU32::new(1),
            visit: AtomicU64::new(visit),
            item,
            task,
            is_settled: AtomicBool::new(false),
            is_timed: AtomicBool::new(false),
            is_in_line: AtomicBool::new(false),
            aside,
        }
    }

    /// Its tasks may be runs that have something to undo, and have so long for it.
    pub(crate) fn hosts(&self, undo_timeout: Option<Duration>) {
        self.aside.set_guests(Guests::new(undo_timeout, None));
    }

    /// How long a nested run may take to undo what it did.
    pub(crate) fn guests_undo_timeout(&self) -> Option<Duration> {
        self.aside.guests()?.undo_timeout()
    }

    /// A nested run begins that has something to undo.
    pub(crate) fn guest(&self) -> Option<Guest> {
        self.aside.guests().map(Guest::new)
    }

    /// Whether what is below may be dropped: no nested run has something to undo.
    pub(crate) fn may_leave(&self) -> bool {
        self.aside.guests().is_none_or(|guests| guests.are_gone())
    }

    /// The same, for what is to be dropped: who is in the way is told to end.
    #[doc(hidden)]
    #[must_use]
    pub fn leave(&self) -> bool {
        let may = self.may_leave();
        if !may {
            self.aside.cancel();
        }
        may
    }

    /// Whether this one of several tasks is over, although it is polled on for the sake of another one that has
    /// something to undo.
    pub(crate) fn is_over(&self) -> bool {
        self.aside.is_over()
    }

    /// What nested runs that this attempt was, or its parts were, could not undo when they were told to end.
    pub(crate) fn guests_failures(&self) -> Vec<CanoError> {
        self.aside.guests().map(|guests| guests.take_failures()).unwrap_or_default()
    }

    /// Nobody hears of this error of one of several tasks: what it says was not undone is told with that of the row.
    pub(crate) fn keep_failures(&self, error: &CanoError) {
        if let (CanoError::NotUndone(left), Some(guests)) = (error, self.aside.guests()) {
            guests.keep(left.failures());
        }
    }

    /// The same of those that ended because another task had won.
    pub(crate) fn unheard_failures(&self) -> Vec<CanoError> {
        self.aside.guests().map(|guests| guests.take_unheard()).unwrap_or_default()
    }

    /// Another task has won, so this one has no error.
    #[doc(hidden)]
    pub fn has_lost(&self) {
        if let Some(guests) = self.aside.guests() {
            guests.keep_unheard();
        }
    }
}
