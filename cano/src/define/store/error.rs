use std::error::Error;
use std::fmt;

use crate::define::type_name::short_type_name;

/// Why a [`MemoryStore`](crate::MemoryStore) could not return a value.
///
/// In both cases the key or the type is not what the task expects. The type names are those of
/// [`std::any::type_name`]; the message shortens them.
///
/// ```
/// use cano::{MemoryStore, StoreError};
///
/// let store = MemoryStore::new();
/// store.put("names", vec![String::from("ada")])?;
/// let error = store.get::<u32>("names").unwrap_err();
/// assert_eq!(error.to_string(), "key `names` holds type `Vec<String>`, but type `u32` was wanted");
/// # Ok::<(), StoreError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreError {
    /// Nothing is stored under the key.
    NotFound {
        /// The name of the key.
        key: String,
    },
    /// The key holds a value of another type, which stays as it is.
    WrongType {
        /// The name of the key.
        key: String,
        /// The type that was asked for.
        wanted: &'static str,
        /// The type of the value that is there.
        stored: &'static str,
    },
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { key } => write!(f, "nothing is stored under key `{key}`"),
            Self::WrongType { key, wanted, stored } => {
                let (wanted, stored) = tell_apart(wanted, stored);
                write!(f, "key `{key}` holds type `{stored}`, but type `{wanted}` was wanted")?;
                if wanted == "!" {
                    // What rustc makes of a type that nothing says.
                    write!(f, ": nothing says the type, write `get::<{stored}>`")?;
                }
                Ok(())
            }
        }
    }
}

impl Error for StoreError {}

/// Both names in short, unless that makes them the same: `orders::Item` is not `billing::Item`.
fn tell_apart(wanted: &str, stored: &str) -> (String, String) {
    let short = (short_type_name(wanted), short_type_name(stored));
    if short.0 == short.1 { (wanted.to_owned(), stored.to_owned()) } else { short }
}

#[cfg(test)]
mod tests {
    use super::StoreError;

    #[test]
    fn types_that_share_a_short_name_are_named_in_full() {
        let error =
            StoreError::WrongType { key: "item".into(), wanted: "orders::Item", stored: "billing::Item" };
        assert_eq!(
            error.to_string(),
            "key `item` holds type `billing::Item`, but type `orders::Item` was wanted"
        );
    }
}
