use std::any::{Any, type_name};
use std::sync::Arc;

use super::error::StoreError;
use crate::define::type_name::short_type_name;

/// One value of a store, its type forgotten but for the name.
///
/// Cloning an entry clones the `Arc` and runs no code of the value's, so it may be done under the store's lock.
/// Dropping one may drop the value, so it may not.
#[derive(Clone)]
pub(super) struct Entry {
    value: Arc<dyn Any + Send + Sync>,
    type_name: &'static str,
}

impl Entry {
    pub(super) fn new<T: Send + Sync + 'static>(value: T) -> Self {
        Self { value: Arc::new(value), type_name: type_name::<T>() }
    }

    pub(super) fn short_type_name(&self) -> String {
        short_type_name(self.type_name)
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.value, &other.value)
    }

    pub(super) fn value<T: 'static>(&self, key: &str) -> Result<&T, StoreError> {
        self.value.downcast_ref().ok_or_else(|| self.wrong_type::<T>(key))
    }

    pub(super) fn into_shared<T: Send + Sync + 'static>(self, key: &str) -> Result<Arc<T>, StoreError> {
        let Self { value, type_name } = self;
        value.downcast().map_err(|value| Self { value, type_name }.wrong_type::<T>(key))
    }

    /// The value to change in place, if this entry is all that holds it.
    pub(super) fn unique<T: 'static>(&mut self) -> Option<&mut T> {
        Arc::get_mut(&mut self.value)?.downcast_mut()
    }

    fn wrong_type<T>(&self, key: &str) -> StoreError {
        StoreError::WrongType { key: key.to_owned(), wanted: type_name::<T>(), stored: self.type_name }
    }
}
