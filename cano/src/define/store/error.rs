use std::error::Error;
use std::fmt;

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
                write!(f, "key `{key}` holds type `{stored}`, but type `{wanted}` was wanted")
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

/// The name of a type without the paths: `alloc::vec::Vec<alloc::string::String>` becomes `Vec<String>`.
pub(super) fn short_type_name(full: &str) -> String {
    let mut short = String::with_capacity(full.len());
    // Where, in `short`, the path now being read begins, and the paths around it that wait for their `>`.
    let mut path = 0;
    let mut around = Vec::new();
    let mut before = ' ';
    let mut rest = full.chars();
    while let Some(c) = rest.next() {
        if c == ':' && rest.as_str().starts_with(':') {
            rest.next();
            short.truncate(path);
            continue;
        }
        short.push(c);
        match c {
            '<' => {
                around.push(path);
                path = short.len();
            }
            // The arrow of `fn() -> T` closes nothing.
            '>' if before != '-' => path = around.pop().unwrap_or(short.len()),
            // Braces are part of a name: a type declared in an async function is `f::{{closure}}::Name`.
            '{' | '}' | '_' => {}
            c if c.is_alphanumeric() => {}
            _ => path = short.len(),
        }
        before = c;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{StoreError, short_type_name};

    #[test]
    fn type_names_lose_their_paths_and_nothing_else() {
        for (full, short) in [
            ("u32", "u32"),
            ("&str", "&str"),
            ("alloc::vec::Vec<alloc::string::String>", "Vec<String>"),
            ("std::collections::hash::map::HashMap<a::K, [b::V; 3]>", "HashMap<K, [V; 3]>"),
            ("(a::b::C, &mut d::E, *const f::G)", "(C, &mut E, *const G)"),
            ("alloc::boxed::Box<dyn core::any::Any + core::marker::Send>", "Box<dyn Any + Send>"),
            ("fn(a::B) -> core::option::Option<c::D>", "fn(B) -> Option<D>"),
            ("alloc::vec::Vec<fn(a::B) -> c::D>", "Vec<fn(B) -> D>"),
            ("app::main::{{closure}}::Order", "Order"),
            ("<app::Pay as app::Task>::run::{{closure}}::Order", "Order"),
            ("app::Wrap<app::Pay>::check::Order<app::Id>", "Order<Id>"),
            ("app::main::{{closure}}", "{{closure}}"),
        ] {
            assert_eq!(short_type_name(full), short);
        }
    }

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
