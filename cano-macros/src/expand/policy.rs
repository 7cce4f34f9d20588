//! How often a row's task is attempted.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::Parts;
use crate::{
    mistake::{blamed, ours},
    model::{Call, Several, State},
};

impl Parts<'_> {
    /// A row's policy; a row with several tasks has seen to theirs itself.
    pub(super) fn policy_in(&self, state: &State) -> TokenStream {
        let (private, name, at) = (&self.private, &state.name, self.at);
        let row = state.row.as_ref().filter(|row| matches!(row.several, Several::One));
        let policy = match row.map(|row| row.calls.as_slice()) {
            Some([call]) => {
                let policy = self.policy_of(0, state, call);
                quote_spanned!(at=> #private::Some(#policy))
            }
            _ => quote_spanned!(at=> #private::None),
        };
        quote_spanned!(at=> Self::#name { .. } => #policy,)
    }

    /// The row's, else the task's.
    pub(super) fn policy_of(&self, k: usize, state: &State, call: &Call) -> TokenStream {
        match &state.retry {
            Some((_, policy)) => policy.expand(&self.private),
            None => {
                let (span, task, instance) =
                    (ours(call.span), self.task_type(state, k, call), self.instance(state, k, call));
                let private = blamed(&self.private, span);
                quote_spanned!(span=> <#task as #private::Step<<Self as #private::States>::Store>>::config(#instance))
            }
        }
    }
}
