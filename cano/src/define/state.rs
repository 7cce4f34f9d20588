use std::{fmt::Debug, hash::Hash};

/// What the builder's states are: any type that can be compared, hashed, printed and shared, `String` included.
///
/// It is implemented for every such type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the state of a workflow",
    label = "not a state",
    note = "a state is `Clone + Debug + Eq + Hash + Send + Sync + 'static`"
)]
pub trait State: Clone + Debug + Eq + Hash + Send + Sync + 'static {}

impl<S: Clone + Debug + Eq + Hash + Send + Sync + 'static> State for S {}
