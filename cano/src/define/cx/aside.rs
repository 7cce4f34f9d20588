use std::{
    any::Any,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use tokio_util::sync::{CancellationToken, DropGuard};

use super::{guests::Guests, timer::Timer};
use crate::define::{error::CanoError, watch::Watch};

/// What few runs need, so that the others carry a pointer.
///
/// Whatever is taken out or replaced is dropped after the lock: its `Drop` may be a user's. So a poisoned lock is as
/// good as any.
#[derive(Default)]
pub(super) struct Aside(OnceLock<Box<Rare>>);

#[derive(Default)]
struct Rare {
    // Dropped first: what a token ends ends before the run does.
    things: Mutex<Things>,
    /// `None` for a run that nobody observes.
    watch: Option<Watch>,
}

#[derive(Default)]
struct Things {
    stash: Option<Stash>,
    timer: Option<Timer>,
    parent_token: Option<CancellationToken>,
    token: Option<DropGuard>,
    guests: Option<Arc<Guests>>,
    /// The addresses of the limits that the attempt has asked.
    asked: Vec<usize>,
}

/// What a node's `prep` yielded, between two attempts of its `exec`.
struct Stash {
    prepared: Box<dyn Any + Send>,
    has_fallback: bool,
    last_error: Option<CanoError>,
}

impl Aside {
    #[inline]
    pub(super) fn watched(watch: Option<Watch>) -> Self {
        match watch {
            None => Self::default(),
            Some(_) => Self(OnceLock::from(Box::new(Rare { things: Mutex::default(), watch }))),
        }
    }

    #[inline]
    pub(super) fn watch(&self) -> Option<&Watch> {
        self.0.get()?.watch.as_ref()
    }

    /// Keeps what `prep` yielded for the next attempt of `exec`.
    pub(super) fn stash<P: Send + 'static>(&self, prepared: P, has_fallback: bool) {
        let stash = Stash { prepared: Box::new(prepared), has_fallback, last_error: None };
        self.swap_stash(Some(stash));
    }

    pub(super) fn unstash<P: Send + 'static>(&self) -> Option<(P, Option<CanoError>)> {
        let Stash { prepared, last_error, .. } = self.swap_stash(None)?;
        // Each attempt in one visit of a state is of one task, so the type is always that task's.
        prepared.downcast::<P>().ok().map(|prepared| (*prepared, last_error))
    }

    pub(super) fn fall_back(&self, error: &CanoError) -> bool {
        let Some(mut stash) = self.swap_stash(None).filter(|stash| stash.has_fallback) else { return false };
        stash.last_error = Some(error.clone());
        self.swap_stash(Some(stash));
        true
    }

    pub(super) fn drop_stash(&self) {
        drop(self.swap_stash(None));
    }

    pub(super) fn falls_back(&self) -> bool {
        self.if_any(|things| things.stash.as_ref().is_some_and(|stash| stash.last_error.is_some()))
            .unwrap_or(false)
    }

    fn swap_stash(&self, stash: Option<Stash>) -> Option<Stash> {
        if stash.is_none() {
            return self.if_any(|things| things.stash.take()).flatten();
        }
        self.with(|things| std::mem::replace(&mut things.stash, stash))
    }

    pub(super) fn asked(&self) -> usize {
        self.if_any(|things| things.asked.len()).unwrap_or(0)
    }

    pub(super) fn asks(&self, limit: usize) -> bool {
        self.with(|things| {
            let is_asked = things.asked.contains(&limit);
            if !is_asked {
                things.asked.push(limit);
            }
            is_asked
        })
    }

    pub(super) fn forget_asked(&self, count: usize) {
        self.if_any(|things| things.asked.truncate(count));
    }

    /// The timer of the attempt that waited last, if it had one.
    pub(super) fn take_timer(&self) -> Option<Timer> {
        self.if_any(|things| things.timer.take()).flatten()
    }

    pub(super) fn give_timer(&self, timer: Timer) {
        self.with(|things| things.timer = Some(timer));
    }

    /// Sets the token that this one's are children of.
    pub(super) fn set_parent_token(&self, parent: CancellationToken) {
        self.with(|things| things.parent_token = Some(parent));
    }

    pub(super) fn set_guests(&self, guests: Arc<Guests>) {
        self.with(|things| things.guests = Some(guests));
    }

    /// Whether there is nobody below with something to undo, where all that is beside it was told to end.
    pub(super) fn is_over(&self) -> bool {
        let is_over = |things: &mut Things| {
            things.guests.as_ref().is_some_and(|guests| guests.are_gone())
                && things.parent_token.as_ref().is_some_and(CancellationToken::is_cancelled)
        };
        self.if_any(is_over).unwrap_or(false)
    }

    pub(super) fn guests(&self) -> Option<Arc<Guests>> {
        self.if_any(|things| things.guests.clone()).flatten()
    }

    /// The token of the current attempt, which is made when it is first asked for.
    pub(super) fn token(&self) -> CancellationToken {
        self.with(|things| {
            let parent = &things.parent_token;
            let token = things.token.get_or_insert_with(|| {
                parent
                    .as_ref()
                    .map_or_else(CancellationToken::new, CancellationToken::child_token)
                    .drop_guard()
            });
            token.token().clone()
        })
    }

    /// The token of the current attempt, if somebody has asked for it, or else its parent.
    pub(super) fn token_if_any(&self) -> Option<CancellationToken> {
        let token = |things: &mut Things| {
            things.token.as_ref().map(|token| token.token().clone()).or_else(|| things.parent_token.clone())
        };
        self.if_any(token).flatten()
    }

    /// Cancels the token of the current attempt, if it was asked for.
    pub(super) fn cancel(&self) {
        drop(self.if_any(|things| things.token.take()));
    }

    fn with<R>(&self, f: impl FnOnce(&mut Things) -> R) -> R {
        f(&mut self.0.get_or_init(Box::default).things())
    }

    fn if_any<R>(&self, f: impl FnOnce(&mut Things) -> R) -> Option<R> {
        self.0.get().map(|rare| f(&mut rare.things()))
    }
}

impl Rare {
    fn things(&self) -> MutexGuard<'_, Things> {
        self.things.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
