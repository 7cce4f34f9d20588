//! The store as a whole: what is in it, and emptying it.

use std::collections::BTreeMap;
use std::fmt;
use std::mem;

use super::error::StoreError;
use super::memory::MemoryStore;

impl MemoryStore {
    /// The names of all keys, sorted.
    ///
    /// # Errors
    ///
    /// Never.
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// let store = MemoryStore::new();
    /// store.put("b", 2)?;
    /// store.put("a", 1)?;
    /// assert_eq!(store.keys()?, ["a", "b"]);
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn keys(&self) -> Result<Vec<String>, StoreError> {
        let mut keys: Vec<String> = self.read().keys().cloned().collect();
        keys.sort_unstable();
        Ok(keys)
    }

    /// The number of keys.
    ///
    /// # Errors
    ///
    /// Never.
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// let store = MemoryStore::new();
    /// store.append("n", 1)?;
    /// store.append("n", 2)?;
    /// assert_eq!(store.len()?, 1);
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn len(&self) -> Result<usize, StoreError> {
        Ok(self.read().len())
    }

    /// Whether there is no key.
    ///
    /// # Errors
    ///
    /// Never.
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// assert!(MemoryStore::new().is_empty()?);
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.read().is_empty())
    }

    /// Removes everything.
    ///
    /// # Errors
    ///
    /// Never.
    ///
    /// # Panics
    ///
    /// If the `Drop` of a value panics; the store is empty by then. As with any `HashMap`, the values that would have
    /// been dropped after that one are leaked.
    ///
    /// ```
    /// use cano::MemoryStore;
    ///
    /// let store = MemoryStore::new();
    /// store.put("n", 1)?;
    /// store.clear()?;
    /// assert!(store.is_empty()?);
    /// # Ok::<(), cano::StoreError>(())
    /// ```
    pub fn clear(&self) -> Result<(), StoreError> {
        let cleared = mem::take(&mut *self.write());
        drop(cleared);
        Ok(())
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Taken first and written after: what it is written to may be anybody's code.
        let types: BTreeMap<String, String> =
            self.read().iter().map(|(key, entry)| (key.clone(), entry.short_type_name())).collect();
        f.write_str("MemoryStore ")?;
        let mut map = f.debug_map();
        for (key, name) in &types {
            map.entry(key, &format_args!("{name}"));
        }
        map.finish()
    }
}
