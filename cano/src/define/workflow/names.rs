//! How states are called.

use std::{any::Any, borrow::Cow, sync::Arc};

use crate::define::state::State;

/// How a state is called: as `Debug` prints it, but text without the quotes.
pub(crate) fn state_name<S: State>(state: &S) -> String {
    text(state).map_or_else(|| format!("{state:?}"), str::to_owned)
}

/// A state that is text, in whatever it is kept.
fn text(state: &dyn Any) -> Option<&str> {
    fn kept<T: AsRef<str> + 'static>(state: &dyn Any) -> Option<&str> {
        state.downcast_ref::<T>().map(T::as_ref)
    }
    let kinds =
        [kept::<String>, kept::<&'static str>, kept::<Cow<'static, str>>, kept::<Arc<str>>, kept::<Box<str>>];
    kinds.into_iter().find_map(|kept| kept(state))
}
