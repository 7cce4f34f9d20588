//! Changes to a value that a reader may hold.
//!
//! `append` and `take` follow the rule of [`Arc::make_mut`](std::sync::Arc::make_mut): a value that only the store holds
//! is changed in place under the lock, which runs no code of the value's. Any other is cloned outside the lock, and the
//! change counts only if the entry is still the one that was cloned; if not, it starts again. As the cloned entry
//! is held meanwhile, nobody changes it in place and no other can take its address. `update` always changes a clone,
//! because the change is the user's code.

use std::sync::Arc;

use super::entry::Entry;
use super::error::StoreError;
use super::key::KeyOf;
use super::memory::{MemoryStore, not_found};

impl MemoryStore {
    /// Adds an item to the end of a `Vec<T>`. If the key holds nothing, it gets a new `Vec`.
    ///
    /// Concurrent appends are all kept. A typed key is a `Key<Vec<T>>`. The items that are already there are cloned
    /// only if somebody else holds the value at this moment, as by [`get_shared`](Self::get_shared).
    ///
    /// # Errors
    ///
    /// [`WrongType`](StoreError::WrongType) if the key holds a value of another type. That value stays; the item is
    /// dropped.
    ///
    /// # Panics
    ///
    /// If the `Clone` of an item panics; nothing has changed then.
    ///
    /// ```
    /// use cano::{Key, MemoryStore};
    ///
    /// const NAMES: Key<Vec<String>> = Key::new("names");
    ///
    /// let store = MemoryStore::new();
    /// store.append(NAMES, "ada".into())?;
    /// store.append("names", String::from("grace"))?;
    /// assert_eq!(store.get(NAMES)?, ["ada", "grace"]);
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn append<T>(&self, key: impl KeyOf<Vec<T>>, item: T) -> Result<(), StoreError>
    where
        T: Clone + Send + Sync + 'static,
    {
        let key = key.as_ref();
        // It stays with this function until it has a place, so that an error drops it outside the lock.
        let mut item = Some(item);
        while let Some(held) = self.push_in_place(key, &mut item)? {
            let list = held.value::<Vec<T>>(key)?;
            let mut copy = Vec::with_capacity(list.len() + 1);
            copy.extend_from_slice(list);
            if self.push_to_copy(key, &held, copy, &mut item) {
                break;
            }
        }
        Ok(())
    }

    /// Changes the value, and returns what the closure returns. If the key holds nothing, the closure is given a
    /// `T::default()`.
    ///
    /// Concurrent updates are all kept: the closure changes a clone, outside of any lock, which takes the value's place
    /// if that has not changed meanwhile. If it has, the closure is called again, with a clone of the new value.
    ///
    /// # Errors
    ///
    /// [`WrongType`](StoreError::WrongType) if the key holds a value of another type, which stays.
    ///
    /// # Panics
    ///
    /// If the closure panics, or the `Clone` of the value: nothing has changed then. If the `Drop` of the replaced value
    /// panics; the new value is in the store by then.
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// let store = MemoryStore::new();
    /// store.update("seen", |n: &mut u64| *n += 1)?;
    /// let seen = store.update("seen", |n: &mut u64| {
    ///     *n += 1;
    ///     *n
    /// })?;
    /// assert_eq!(seen, 2);
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn update<T, R>(
        &self,
        key: impl KeyOf<T>,
        mut change: impl FnMut(&mut T) -> R,
    ) -> Result<R, StoreError>
    where
        T: Clone + Default + Send + Sync + 'static,
    {
        let key = key.as_ref();
        loop {
            let held = self.read().get(key).cloned();
            let mut value = match &held {
                Some(entry) => entry.value::<T>(key)?.clone(),
                None => T::default(),
            };
            let result = change(&mut value);
            // A value that finds no place is dropped here, outside of the lock.
            let entry = Entry::new(value);
            if self.replace_same(key, held.as_ref(), &entry) {
                return Ok(result);
            }
        }
    }

    /// Removes the value and returns it. It is cloned only if somebody else holds it.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get); a value of another type stays.
    ///
    /// # Panics
    ///
    /// If the `Clone` of the value panics; the value stays then.
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// let store = MemoryStore::new();
    /// store.put("draft", String::from("dear reader"))?;
    /// assert!(store.take::<u32>("draft").is_err());
    /// assert_eq!(store.take::<String>("draft")?, "dear reader");
    /// assert!(store.is_empty()?);
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn take<T>(&self, key: impl KeyOf<T>) -> Result<T, StoreError>
    where
        T: Clone + Send + Sync + 'static,
    {
        let key = key.as_ref();
        loop {
            if let Some(entry) = self.remove_unheld::<T>(key)? {
                return entry.into_shared(key).map(Arc::unwrap_or_clone);
            }
            let held = self.entry(key)?;
            let copy = held.value::<T>(key)?.clone();
            if self.remove_same(key, &held) {
                return Ok(copy);
            }
        }
    }

    /// Moves the item into the list, or returns the entry if others hold it too.
    fn push_in_place<T>(&self, key: &str, item: &mut Option<T>) -> Result<Option<Entry>, StoreError>
    where
        T: Send + Sync + 'static,
    {
        let mut entries = self.write();
        let Some(entry) = entries.get_mut(key) else {
            entries.insert(key.to_owned(), Entry::new(Vec::from_iter(item.take())));
            return Ok(None);
        };
        entry.value::<Vec<T>>(key)?;
        let Some(list) = entry.unique::<Vec<T>>() else { return Ok(Some(entry.clone())) };
        list.extend(item.take());
        Ok(None)
    }

    /// Puts the copy, with the item, in the place of the entry it was made of; `false` if that is gone.
    fn push_to_copy<T>(&self, key: &str, held: &Entry, mut copy: Vec<T>, item: &mut Option<T>) -> bool
    where
        T: Send + Sync + 'static,
    {
        let mut entries = self.write();
        let Some(entry) = entries.get_mut(key).filter(|entry| entry.is_same(held)) else { return false };
        copy.extend(item.take());
        // `held` still holds the replaced value, so that it is not dropped here.
        *entry = Entry::new(copy);
        true
    }

    /// Puts an entry in the place of the one that is held, or of none; `false` if another is there by now.
    fn replace_same(&self, key: &str, held: Option<&Entry>, by: &Entry) -> bool {
        let mut entries = self.write();
        let is_same = match (entries.get(key), held) {
            (Some(entry), Some(held)) => entry.is_same(held),
            (entry, held) => entry.is_none() && held.is_none(),
        };
        if is_same {
            // Whoever calls still holds the replaced value, so that it is not dropped here.
            entries.insert(key.to_owned(), by.clone());
        }
        is_same
    }

    /// Removes the entry if it is a `T` that nobody else holds; `None` if somebody does.
    fn remove_unheld<T: 'static>(&self, key: &str) -> Result<Option<Entry>, StoreError> {
        let mut entries = self.write();
        let entry = entries.get_mut(key).ok_or_else(|| not_found(key))?;
        entry.value::<T>(key)?;
        let is_unheld = entry.unique::<T>().is_some();
        Ok(if is_unheld { entries.remove(key) } else { None })
    }

    /// Removes the entry if it is still the given one.
    fn remove_same(&self, key: &str, held: &Entry) -> bool {
        let mut entries = self.write();
        let is_same = entries.get(key).is_some_and(|entry| entry.is_same(held));
        if is_same {
            // `held` still holds the value, so that it is not dropped here.
            entries.remove(key);
        }
        is_same
    }
}
