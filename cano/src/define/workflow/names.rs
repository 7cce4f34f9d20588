//! How states and tasks are called.

use std::any::Any;

use crate::define::state::State;

/// How a state is called: as `Debug` prints it, but text without the quotes.
pub(crate) fn state_name<S: State>(state: &S) -> String {
    let any: &dyn Any = state;
    match (any.downcast_ref::<String>(), any.downcast_ref::<&'static str>()) {
        (Some(text), _) => text.clone(),
        (_, Some(text)) => (*text).to_owned(),
        _ => format!("{state:?}"),
    }
}

/// A type's name without the modules: `alloc::vec::Vec<app::Order>` is `Vec<app::Order>`.
pub(super) fn short_name(path: &'static str) -> &'static str {
    let head = path.find(['<', '(', '[', '&']).unwrap_or(path.len());
    path[..head].rfind("::").map_or(path, |at| &path[at + 2..])
}
