//! Which schedule has which id.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

use crate::schedule::entry::Entry;

/// The indices of the schedules, by the ids that these have themselves: a map would hold each a second time.
pub(super) struct Ids {
    indices: HashTable<u32>,
    hasher: RandomState,
}

impl Ids {
    pub(super) fn new() -> Self {
        Self { indices: HashTable::new(), hasher: RandomState::new() }
    }

    pub(super) fn find(&self, id: &str, entries: &[Option<Box<Entry>>]) -> Option<u32> {
        self.indices.find(self.hasher.hash_one(id), |index| id_of(*index, entries) == id).copied()
    }

    /// One that is not there yet, whose schedule is.
    pub(super) fn insert(&mut self, index: u32, entries: &[Option<Box<Entry>>]) {
        let hash = |index: &u32| self.hasher.hash_one(id_of(*index, entries));
        self.indices.insert_unique(hash(&index), index, hash);
    }

    /// Its schedule is still there.
    pub(super) fn remove(&mut self, index: u32, entries: &[Option<Box<Entry>>]) {
        let hash = self.hasher.hash_one(id_of(index, entries));
        if let Ok(found) = self.indices.find_entry(hash, |other| *other == index) {
            found.remove();
        }
    }

    pub(super) fn all(&self) -> Vec<u32> {
        self.indices.iter().copied().collect()
    }
}

fn id_of(index: u32, entries: &[Option<Box<Entry>>]) -> &str {
    entries.get(index as usize).and_then(Option::as_deref).map(|entry| &*entry.id).unwrap_or_default()
}
