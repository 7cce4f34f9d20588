use std::{fmt::Debug, hash::Hash};

/// The states of a [`Workflow`](crate::Workflow): any type with these bounds, `String` included.
///
/// It is implemented for every such type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the state of a workflow",
    label = "not a state",
    note = "a state is `Clone + Debug + Eq + Hash + Send + Sync + 'static`"
)]
pub trait State: Clone + Debug + Eq + Hash + Send + Sync + 'static {}

impl<S: Clone + Debug + Eq + Hash + Send + Sync + 'static> State for S {}
