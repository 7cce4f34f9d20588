use std::{fmt::Debug, hash::Hash};

/// The states of a [`Workflow`](crate::Workflow): any type with these bounds, `String` included.
///
/// It is implemented for every such type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the state of a workflow",
    label = "not a state",
    note = "a state is `Clone + Debug + Eq + Hash + Send + Sync + 'static`: write `#[derive(Clone, Debug, PartialEq, Eq, Hash)]`",
    note = "the workflow of a table has `concurrent(..)` of its own, for several runs at once"
)]
pub trait State: Clone + Debug + Eq + Hash + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<S: Clone + Debug + Eq + Hash + Send + Sync + 'static> State for S {}
