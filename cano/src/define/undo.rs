//! What a run has done and may have to undo.

use std::sync::{Mutex, PoisonError};

use crate::define::cx::Cx;

/// The steps of a run that an undo is named for, in the order in which they were done.
///
/// The run owns it, not the loop: so it is there after a panic, a cancellation and a deadline too. (The idea is that of
/// sagas, by Garcia-Molina and Salem.)
#[doc(hidden)]
pub struct Done<U>(Mutex<Option<Box<Vec<DoneStep<U>>>>>);

/// One of them.
pub(crate) struct DoneStep<U> {
    pub(crate) state: u32,
    pub(crate) visit: u64,
    /// What the undo is given.
    pub(crate) undo: U,
}

impl<U> Done<U> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// Notes that the step in the present state is done.
    pub fn push(&self, cx: &Cx, undo: U) {
        let (state, visit) = cx.here();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().push(DoneStep {
            state,
            visit,
            undo,
        });
    }

    pub(crate) fn is_empty(&mut self) -> bool {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// All of them, the first one first.
    pub(crate) fn into_steps(self) -> Vec<DoneStep<U>> {
        let steps = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        steps.map_or_else(Vec::new, |steps| *steps)
    }
}
