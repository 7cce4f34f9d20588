//! What a workflow says of a state, and how the entry of a state is found.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::Relaxed},
};

use super::{Registered, Workflow, names::state_name};
use crate::define::{
    limit::Limit,
    names::{Names, StateNames},
    state::State,
};

pub(crate) struct Entry<S, Store: ?Sized> {
    pub(super) state: S,
    pub(crate) task: Option<Arc<dyn Registered<S, Store>>>,
    pub(crate) undo: Option<Arc<dyn Registered<(), Store>>>,
    pub(crate) limit: Option<Arc<dyn Limit>>,
    pub(crate) is_exit: bool,
    pub(super) registered: u32,
    /// The state that first followed this one in a run: where the next run most likely goes on.
    follower: AtomicU32,
}

impl<S: State, Store: ?Sized + Send + Sync + 'static> Workflow<S, Store> {
    /// The entry of a state, and its index.
    pub(crate) fn entry(&self, state: &S) -> Option<(u32, &Entry<S, Store>)> {
        let index = *self.index.get(state)?;
        Some((index, &self.entries[index as usize]))
    }

    /// The entry of a state that follows the entry `last`. To compare it with one is much less work than to look it
    /// up. Only the first one is remembered: where a state has several that follow it, runs on several threads
    /// would else change it all the time.
    #[inline]
    pub(crate) fn entry_after(
        &self,
        last: Option<&Entry<S, Store>>,
        state: &S,
    ) -> Option<(u32, &Entry<S, Store>)> {
        if let Some(last) = last {
            let follower = last.follower.load(Relaxed);
            match self.entries.get(follower as usize) {
                Some(entry) if entry.state == *state => return Some((follower, entry)),
                Some(_) => {}
                None => {
                    let found = self.entry(state)?;
                    last.follower.store(found.0, Relaxed);
                    return Some(found);
                }
            }
        }
        self.entry(state)
    }

    pub(super) fn index_of(&mut self, state: S) -> usize {
        let next = u32::try_from(self.entries.len()).expect("a workflow has fewer than 2^32 states");
        let names = &mut self.names;
        let entries = &mut self.entries;
        *self.index.entry(state).or_insert_with_key(|state| {
            Arc::make_mut(names)
                .states
                .push(StateNames { state: state_name(state), ..StateNames::default() });
            entries.push(Entry::new(state.clone()));
            next
        }) as usize
    }
}

impl<S, Store: ?Sized> Entry<S, Store> {
    fn new(state: S) -> Self {
        Self {
            state,
            task: None,
            undo: None,
            limit: None,
            is_exit: false,
            registered: 0,
            follower: Names::NO_STATE.into(),
        }
    }
}

impl<S: Clone, Store: ?Sized> Clone for Entry<S, Store> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            task: self.task.clone(),
            undo: self.undo.clone(),
            limit: self.limit.clone(),
            is_exit: self.is_exit,
            registered: self.registered,
            follower: self.follower.load(Relaxed).into(),
        }
    }
}
