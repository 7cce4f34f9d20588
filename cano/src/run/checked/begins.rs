//! Whether a run needs nothing to begin.

use super::{CheckedWorkflow, StartWithoutFields, States};
use crate::define::{state::State, workflow::Workflow};

/// A workflow over the states `S` whose runs need nothing to begin: one of the builder, or that of a table whose start
/// state has no fields.
#[diagnostic::on_unimplemented(
    message = "the start state of `{S}` has fields",
    label = "a run cannot begin without their values",
    note = "use `orchestrate_from({S}::Start {{ .. }}, &store)` with the start state's name, or `{S}::run(.., &store)`",
    note = "a schedule takes `{S}::workflow().with_inputs(|slot| ({S}::Start {{ .. }}, store))`"
)]
pub trait BeginsAlone<S> {
    /// The start state.
    fn first(&self) -> S;
}

impl<S: State, Store: ?Sized + Send + Sync + 'static> BeginsAlone<S> for Workflow<S, Store> {
    fn first(&self) -> S {
        self.start.clone()
    }
}

impl<T: StartWithoutFields> BeginsAlone<T> for CheckedWorkflow<T> {
    fn first(&self) -> T {
        T::start()
    }
}

/// Never applies. Because there are two impls rustc speaks of the trait that is missing, in its words, and not of what
/// one of them asks for.
impl<T: States> BeginsAlone<T> for CheckedWorkflow<T>
where
    for<'never> Nobody: Never,
{
    fn first(&self) -> T {
        unreachable!("nobody is `Never`")
    }
}

/// What has no impl of [`Never`].
#[doc(hidden)]
pub struct Nobody;

/// What nothing is.
#[doc(hidden)]
pub trait Never {}
