//! What is below a `Cx`: one of several tasks, an item, an undo, and the nested runs that may have something to undo.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed},
};

use super::{Aside, Cx, Guest, Names, guests::Guests};
use crate::define::{error::CanoError, event::Watch};

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
                aside.set_guests(Guests::within(outer));
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
            settled: AtomicBool::new(false),
            timed: AtomicBool::new(false),
            is_in_line: AtomicBool::new(false),
            aside,
        }
    }

    /// Its tasks may be runs that have something to undo.
    pub(crate) fn hosts(&self) {
        self.aside.set_guests(Arc::default());
    }

    /// A nested run begins that has something to undo.
    pub(crate) fn guest(&self) -> Option<Guest> {
        self.aside.guests().map(Guest::new)
    }

    /// Whether what is below may be dropped: no nested run has something to undo.
    #[doc(hidden)]
    #[must_use]
    pub fn may_leave(&self) -> bool {
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

    /// What nested runs that were told to end could not undo.
    pub(crate) fn guests_failures(&self) -> Vec<CanoError> {
        self.aside.guests().map(|guests| guests.take_failures()).unwrap_or_default()
    }
}
