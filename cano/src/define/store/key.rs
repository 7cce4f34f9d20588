use std::any::type_name;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

use crate::define::type_name::short_type_name;

/// What names a value of type `T` in a store: any string, whatever `T` is, or a [`Key<T>`](Key).
///
/// Its `AsRef<str>` is the name. A type of your own becomes a key by the same two implementations:
///
/// ```
/// use cano::{KeyOf, MemoryStore};
///
/// /// The running total of one customer.
/// struct Total(String);
///
/// impl AsRef<str> for Total {
///     fn as_ref(&self) -> &str {
///         &self.0
///     }
/// }
/// impl KeyOf<u64> for Total {}
///
/// let store = MemoryStore::new();
/// store.put(Total("ada".into()), 40)?;
/// assert_eq!(store.get(Total("ada".into()))?, 40);
/// # Ok::<(), cano::StoreError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the key of a `{T}`",
    label = "this names no `{T}` in the store",
    note = "a key is a string, or a constant `Key<{T}>` made by `Key::new(\"name\")`"
)]
pub trait KeyOf<T>: AsRef<str> {}

impl<T> KeyOf<T> for str {}
impl<T> KeyOf<T> for String {}
impl<T> KeyOf<T> for Cow<'_, str> {}
impl<T> KeyOf<T> for Box<str> {}
impl<T> KeyOf<T> for Rc<str> {}
impl<T> KeyOf<T> for Arc<str> {}
impl<T> KeyOf<T> for Key<T> {}
impl<T, K: KeyOf<T> + ?Sized> KeyOf<T> for &K {}

/// A key that declares the type of its value once.
///
/// With a typed key, `put` and `get` need no type annotation, and a value of another type does not compile. The store
/// itself knows only the name: `"count"` and `Key::<u32>::new("count")` are the same entry.
///
/// ```
/// use cano::{Key, MemoryStore};
///
/// const COUNT: Key<u32> = Key::new("count");
///
/// let store = MemoryStore::new();
/// store.put(COUNT, 3)?;
/// let count = store.get(COUNT)?;
/// assert_eq!(count.pow(2), 9);
/// # Ok::<(), cano::StoreError>(())
/// ```
///
/// ```compile_fail,E0308
/// # use cano::{Key, MemoryStore};
/// # const COUNT: Key<u32> = Key::new("count");
/// MemoryStore::new().put(COUNT, "three");
/// ```
pub struct Key<T> {
    name: &'static str,
    // A key holds no `T`: it is `Copy`, `Send` and `Sync` whatever `T` is.
    value: PhantomData<fn() -> T>,
}

impl<T> Key<T> {
    /// The key with this name.
    ///
    /// ```
    /// use cano::Key;
    ///
    /// const NAMES: Key<Vec<String>> = Key::new("names");
    /// ```
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    /// The name, as it appears among the store's keys.
    ///
    /// ```
    /// use cano::Key;
    ///
    /// assert_eq!(Key::<u32>::new("count").name(), "count");
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Key<T> {}

impl<T> AsRef<str> for Key<T> {
    fn as_ref(&self) -> &str {
        self.name
    }
}

impl<T> fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key<{}>({:?})", short_type_name(type_name::<T>()), self.name)
    }
}
