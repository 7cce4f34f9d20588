//! What several runs begin with.

use std::borrow::Borrow;

use crate::run::{checked::BeginsAlone, machine::Machine};

/// What several runs of a workflow begin with: a `Vec` of stores, or `(states, store)`.
///
/// A `Vec` of stores makes one run for each, from the start state. `(states, store)` makes one run from each state, and
/// all of them share the store: a `MemoryStore`, whose clones share their data, or a store of yours in an `Arc`.
/// `results[i]` belongs to item `i` of the list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what runs of this workflow begin with",
    label = "expected a `Vec` of stores, or `(states, store)`",
    note = "a `Vec` of stores fits a workflow whose start state has no fields; one whose start state has fields takes `(vec![Start {{ .. }}, ..], store)`, where the store is an `Arc` or a `MemoryStore`",
    note = "for a workflow over a `dyn Trait`, a store is an `Arc::new(store) as Arc<dyn Trait>`"
)]
pub trait Inputs<M: Machine> {
    /// What each run owns: its store, or a handle to it.
    type Store: Borrow<M::Store> + Send + Sync + 'static;

    /// The state and the store of each run.
    #[doc(hidden)]
    fn into_inputs(self, workflow: &M) -> Box<dyn ExactSizeIterator<Item = (M::State, Self::Store)> + Send>;
}

#[diagnostic::do_not_recommend]
impl<M, B> Inputs<M> for Vec<B>
where
    M: Machine<State: Send + 'static> + BeginsAlone<M::State>,
    B: Borrow<M::Store> + Send + Sync + 'static,
{
    type Store = B;

    fn into_inputs(self, workflow: &M) -> Box<dyn ExactSizeIterator<Item = (M::State, B)> + Send> {
        // Of all at once: the workflow need not live as long as the iterator.
        let starts: Vec<_> = self.iter().map(|_| workflow.first()).collect();
        Box::new(starts.into_iter().zip(self))
    }
}

#[diagnostic::do_not_recommend]
impl<M, I, B> Inputs<M> for (I, B)
where
    M: Machine<State: 'static>,
    I: IntoIterator<Item = M::State, IntoIter: ExactSizeIterator + Send + 'static>,
    B: Borrow<M::Store> + Clone + Send + Sync + 'static,
{
    type Store = B;

    fn into_inputs(self, _: &M) -> Box<dyn ExactSizeIterator<Item = (M::State, B)> + Send> {
        let (states, store) = self;
        Box::new(states.into_iter().map(move |state| (state, store.clone())))
    }
}
