//! What a run has done and may have to undo. (The idea is that of sagas, by Garcia-Molina and Salem.)

use std::{
    convert::Infallible,
    sync::{Mutex, PoisonError},
};

use crate::define::cx::Cx;

/// What an undo is given; for a workflow without any, nothing.
#[doc(hidden)]
pub trait Undo: Send + Sync + Sized {
    /// The steps of a run that an undo is named for.
    ///
    /// The run owns it, not the loop: so it is there after a panic, a cancellation and a deadline too.
    type Journal: Done<Self> + Default + Send + Sync;
}

/// The steps of a run that an undo is named for, in the order in which they were done.
#[doc(hidden)]
pub trait Done<U> {
    /// Notes that the step in the present state is done.
    fn push(&self, cx: &Cx, undo: U);

    fn is_empty(&mut self) -> bool;

    /// All of them, the first one first.
    fn into_steps(self) -> Vec<DoneStep<U>>;
}

/// One of them.
#[doc(hidden)]
pub struct DoneStep<U> {
    pub(crate) state: u32,
    pub(crate) visit: u64,
    /// What the undo is given.
    pub(crate) undo: U,
}

impl Undo for Infallible {
    type Journal = ();
}

impl Done<Infallible> for () {
    fn push(&self, _: &Cx, undo: Infallible) {
        match undo {}
    }

    fn is_empty(&mut self) -> bool {
        true
    }

    fn into_steps(self) -> Vec<DoneStep<Infallible>> {
        Vec::new()
    }
}

/// Where a workflow has undos.
#[doc(hidden)]
pub struct DoneSteps<U>(Mutex<Vec<DoneStep<U>>>);

impl<U> Default for DoneSteps<U> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<U> Done<U> for DoneSteps<U> {
    fn push(&self, cx: &Cx, undo: U) {
        let (state, visit) = cx.here();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(DoneStep { state, visit, undo });
    }

    fn is_empty(&mut self) -> bool {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    fn into_steps(self) -> Vec<DoneStep<U>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The builder's: the index of the state.
impl Undo for u32 {
    type Journal = DoneSteps<u32>;
}
