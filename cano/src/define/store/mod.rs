//! The typed data that the tasks of a run share.
//!
//! A task gets its store by reference and works in it through a shared handle: [`MemoryStore`] keeps any
//! `Send + Sync + 'static` value under a name, [`Key`] declares a name and its type once, and [`Provides`] lets a
//! task find its own store within a larger one. A store may also be any type of yours: nothing here is required.
//!
//! The promise of [`MemoryStore`]: code that is not its own (a value's `Clone` and `Drop`, a closure, a key) never
//! runs while it holds its lock. Such code may panic or call the store again; the store neither deadlocks nor is
//! left half changed.

mod entry;
mod error;
mod key;
mod provides;

mod memory;

mod change;
mod contents;

pub use error::StoreError;
pub use key::{Key, KeyOf};
pub use memory::MemoryStore;
pub use provides::Provides;

#[cfg(test)]
mod tests;
