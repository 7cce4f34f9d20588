//! How often a row's task is attempted.

use proc_macro2::TokenStream;
use quote::{format_ident, quote_spanned};
use syn::{Ident, Path, spanned::Spanned};

use super::Parts;
use crate::{
    mistake::{blamed, ours},
    model::{Call, Several, State, unraw},
    parse::duration_value,
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
        match (&state.retry, self.named_policy(state)) {
            (_, Some(named)) => named,
            (Some((_, policy)), None) => policy.expand(&self.private),
            (None, None) => {
                let (span, task, instance) =
                    (ours(call.span), self.task_type(state, k, call), self.instance(state, k, call));
                let private = blamed(&self.private, span);
                quote_spanned!(span=> <#task as #private::Step<<Self as #private::States>::Store>>::config(#instance))
            }
        }
    }

    /// The timeout of an attempt, an expression of `Option<Duration>`, where the row sees to that.
    pub(super) fn timeout_of(&self, k: usize, state: &State, call: &Call) -> Option<TokenStream> {
        let span = ours(call.span);
        let private = blamed(&self.private, span);
        match (&state.timeout, self.named_policy(state)) {
            (Some((_, timeout)), _) => {
                let timeout = duration_value(&private, *timeout, span);
                Some(quote_spanned!(span=> #private::Some(#timeout)))
            }
            (None, Some(policy)) => {
                let (task, instance) = (self.task_type(state, k, call), self.instance(state, k, call));
                Some(
                    quote_spanned!(span=> <#task as #private::Step<<Self as #private::States>::Store>>::timeout(#instance, &#policy)),
                )
            }
            (None, None) => None,
        }
    }

    /// Whether the row sees to the timeout of its attempts, so that its tasks do not.
    pub(super) fn sees_to_timeout(state: &State) -> bool {
        state.timeout.is_some() || policy_path(state).is_some()
    }

    /// The policies that rows name by a path, each in a function: they are asked in several places, and what is wrong
    /// with one is told once.
    pub(super) fn named_policies(&self) -> Option<TokenStream> {
        let functions: Vec<_> = self
            .workflow
            .states
            .iter()
            .filter(|state| state.row.is_some())
            .filter_map(|state| {
                let at = ours(policy_path(state)?.span());
                let private = blamed(&self.private, at);
                let (name, (_, policy)) = (policy_name(state, at), state.retry.as_ref()?);
                let policy = policy.expand(&private);
                Some(quote_spanned! {at=>
                    fn #name() -> #private::TaskConfig {
                        #policy
                    }
                })
            })
            .collect();
        let (name, at) = (&self.workflow.name, self.at);
        let (impl_generics, types, where_clause) = self.workflow.generics.split_for_impl();
        (!functions.is_empty()).then(|| {
            quote_spanned! {at=>
                #[automatically_derived]
                #[allow(non_snake_case, clippy::all, clippy::pedantic)]
                impl #impl_generics #name #types #where_clause { #(#functions)* }
            }
        })
    }

    /// A call of the function of a row's policy, where it is named by a path.
    fn named_policy(&self, state: &State) -> Option<TokenStream> {
        let at = ours(policy_path(state)?.span());
        let name = policy_name(state, at);
        Some(quote_spanned!(at=> Self::#name()))
    }
}

fn policy_path(state: &State) -> Option<&Path> {
    state.retry.as_ref().and_then(|(_, policy)| policy.path())
}

fn policy_name(state: &State, at: proc_macro2::Span) -> Ident {
    format_ident!("__policy_of_{}", unraw(&state.name), span = at)
}
