use std::{
    any::Any,
    sync::{Mutex, PoisonError},
};

use crate::define::error::CanoError;

/// What a node's `prep` yielded, between two attempts of its `exec`.
#[derive(Default)]
pub(super) struct Stash(Mutex<Option<Box<Kept>>>);

struct Kept {
    prepared: Box<dyn Any + Send>,
    has_fallback: bool,
    last_error: Option<CanoError>,
}

impl Stash {
    pub(super) fn keep<P: Send + 'static>(&self, prepared: P, has_fallback: bool) {
        let kept = Kept { prepared: Box::new(prepared), has_fallback, last_error: None };
        self.swap(Some(Box::new(kept)));
    }

    pub(super) fn take<P: Send + 'static>(&self) -> Option<(P, Option<CanoError>)> {
        let Kept { prepared, last_error, .. } = *self.swap(None)?;
        // Each attempt in one visit of a state is of one task, so the type is always that task's.
        prepared.downcast::<P>().ok().map(|prepared| (*prepared, last_error))
    }

    pub(super) fn fall_back(&self, error: &CanoError) -> bool {
        let Some(mut kept) = self.swap(None).filter(|kept| kept.has_fallback) else { return false };
        kept.last_error = Some(error.clone());
        self.swap(Some(kept));
        true
    }

    /// What is dropped is dropped after the lock, so a poisoned lock is as good as any.
    fn swap(&self, kept: Option<Box<Kept>>) -> Option<Box<Kept>> {
        std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), kept)
    }
}
