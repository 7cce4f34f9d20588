use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::entry::Entry;
use super::error::StoreError;
use super::key::KeyOf;

/// A store of values of any type, by name, in memory. It is the default store of a workflow.
///
/// Clones share the data. A key is a string or a [`Key`](super::Key); `put` replaces whatever the key held, whatever
/// its type. `Debug` shows the keys and the types of their values, but not the values.
///
/// Every method returns a `Result`, even where this store never fails. So a task need not change if you replace the
/// store by one of your own with the same methods, which may fail because it reads a file or a database.
///
/// The store calls code of your types (`Clone`, `Drop`, a closure) only while it holds no lock: such code may use the
/// store, and a panic in it leaves the store intact. A value that holds a clone of its own store keeps the store alive
/// until the value is removed.
///
/// ```
/// use cano::MemoryStore;
///
/// let store = MemoryStore::new();
/// store.put("total", 40_u64)?;
/// store.append("names", String::from("ada"))?;
///
/// let seen_elsewhere = store.clone();
/// assert_eq!(seen_elsewhere.get::<u64>("total")?, 40);
/// assert_eq!(seen_elsewhere.get::<Vec<String>>("names")?, ["ada"]);
/// # Ok::<(), cano::StoreError>(())
/// ```
#[derive(Clone, Default)]
pub struct MemoryStore {
    // Under this lock run the map's own operations and nothing else. Whatever may drop a value, clone one or call
    // out is done after the guard is gone; mind that a guard in an expression lives to the end of its statement.
    entries: Arc<RwLock<HashMap<String, Entry>>>,
}

impl MemoryStore {
    /// An empty store, which shares nothing with any other.
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// let store = MemoryStore::new();
    /// assert_eq!(store.keys()?, [""; 0]);
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stores a value. What the key held before is dropped.
    ///
    /// # Errors
    ///
    /// Never.
    ///
    /// # Panics
    ///
    /// If the `Drop` of the replaced value panics; the new value is in the store by then.
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// let store = MemoryStore::new();
    /// store.put("n", 1_i32)?;
    /// store.put("n", String::from("one"))?;
    /// assert_eq!(store.get::<String>("n")?, "one");
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn put<T: Send + Sync + 'static>(&self, key: impl KeyOf<T>, value: T) -> Result<(), StoreError> {
        let (name, entry) = (key.as_ref().to_owned(), Entry::new(value));
        let replaced = self.write().insert(name, entry);
        drop(replaced);
        Ok(())
    }

    /// A clone of the value.
    ///
    /// # Errors
    ///
    /// [`NotFound`](StoreError::NotFound), or [`WrongType`](StoreError::WrongType) if the value is not a `T`.
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// let store = MemoryStore::new();
    /// store.put("n", 1_i32)?;
    /// assert_eq!(store.get::<i32>("n")?, 1);
    /// assert!(store.get::<u64>("n").is_err());
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn get<T: Clone + 'static>(&self, key: impl KeyOf<T>) -> Result<T, StoreError> {
        self.with(key, T::clone)
    }

    /// The value itself, shared with the store instead of cloned. A later `put` or `append` does not change what this
    /// returned.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// let store = MemoryStore::new();
    /// store.put("image", vec![0_u8; 1 << 20])?;
    /// let image = store.get_shared::<Vec<u8>>("image")?;
    /// store.remove("image")?;
    /// assert_eq!(image.len(), 1 << 20);
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn get_shared<T: Send + Sync + 'static>(&self, key: impl KeyOf<T>) -> Result<Arc<T>, StoreError> {
        let key = key.as_ref();
        self.entry(key)?.into_shared(key)
    }

    /// Calls a closure with a reference to the value, and returns its result. The closure may use the store: no lock is
    /// held.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// let store = MemoryStore::new();
    /// store.put("text", String::from("a long text"))?;
    /// let words = store.with("text", |text: &String| text.split(' ').count())?;
    /// assert_eq!(words, 3);
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn with<T: 'static, R>(
        &self,
        key: impl KeyOf<T>,
        read: impl FnOnce(&T) -> R,
    ) -> Result<R, StoreError> {
        let key = key.as_ref();
        let entry = self.entry(key)?;
        entry.value(key).map(read)
    }

    /// Removes the value, whatever its type. [`take`](Self::take) also returns it.
    ///
    /// # Errors
    ///
    /// [`NotFound`](StoreError::NotFound).
    ///
    /// # Panics
    ///
    /// If the `Drop` of the value panics; the key is gone by then.
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// let store = MemoryStore::new();
    /// store.put("n", 1_i32)?;
    /// store.remove("n")?;
    /// assert!(store.remove("n").is_err());
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn remove(&self, key: impl AsRef<str>) -> Result<(), StoreError> {
        let key = key.as_ref();
        let removed = self.write().remove(key);
        removed.map(drop).ok_or_else(|| not_found(key))
    }

    pub(super) fn entry(&self, key: &str) -> Result<Entry, StoreError> {
        self.read().get(key).cloned().ok_or_else(|| not_found(key))
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, HashMap<String, Entry>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Poison is passed over because it has nothing to say: no code but the map's runs under the lock, so a panic
    /// there cannot have left a change half done.
    pub(super) fn write(&self) -> RwLockWriteGuard<'_, HashMap<String, Entry>> {
        self.entries.write().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn not_found(key: &str) -> StoreError {
    StoreError::NotFound { key: key.to_owned() }
}
