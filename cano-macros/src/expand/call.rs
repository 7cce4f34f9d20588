//! The call of a task.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::{Parts, alias};
use crate::{
    generics::mentioned,
    mistake::{blamed, ours},
    model::{Call, Instance, Row, State, Ways},
};

impl Parts<'_> {
    /// The types of a row's tasks and of their outcomes, by names of our own: the user's tokens stand here, once.
    pub(super) fn aliases(&self, state: &State) -> TokenStream {
        let name = &self.workflow.name;
        let all = &self.workflow.generics;
        let (_, all_types, where_clause) = all.split_for_impl();
        let one = state.calls().enumerate().map(|(k, call)| {
            let span = ours(call.span);
            let (task_alias, outcome_alias, task) =
                (alias("Task_of", state, k, span), alias("Outcome_of", state, k, span), &call.task);
            let private = blamed(&self.private, span);
            let generics = mentioned(all, &quote!(#task));
            let (_, types, _) = generics.split_for_impl();
            let allow = quote_spanned!(span=> #[allow(dead_code, non_camel_case_types, type_alias_bounds)]);
            let (named, task_type, outcome) = match call.instance {
                Instance::Function => {
                    let store = quote_spanned!(span=> <#name #all_types as #private::States>::Store);
                    let outcome =
                        quote_spanned!(span=> <#task_alias #types as #private::Step<#store>>::Outcome);
                    (None, quote!(#task), outcome)
                }
                Instance::Slot(_) => {
                    let named_alias = self.lender(state, k, call);
                    let mut named = named_alias.clone();
                    named.set_span(call.span);
                    let slot = self.checked_slot(&quote!(#named #types), task);
                    (
                        Some(quote_spanned!(span=> #allow type #named_alias #generics = #task;)),
                        quote_spanned!(span=> <#slot as #private::Slot>::Instance),
                        quote_spanned!(span=> <#slot as #private::Slot>::Outcome),
                    )
                }
            };
            let is_routed_by_names =
                matches!(&state.row, Some(Row { ways: Ways::Named(_), calls, .. }) if k < calls.len());
            let (yielded, outcome) = match call.instance {
                Instance::Function if is_routed_by_names && self.has_constants() => {
                    let yielded = alias("Yielded_of", state, k, span);
                    let checked = self.checked_names(&yielded);
                    (Some(quote_spanned!(span=> #allow type #yielded = #outcome;)), checked)
                }
                _ => (None, outcome),
            };
            quote_spanned! {span=>
                #named
                #allow
                type #task_alias #generics = #task_type;
                #yielded
                #allow
                type #outcome_alias #all #where_clause = #outcome;
            }
        });
        let limit = self.limit_item(state);
        quote!(#(#one)* #limit)
    }

    /// The input and the store of a call.
    pub(super) fn wiring(
        &self,
        k: usize,
        state: &State,
        call: &Call,
        item: Option<TokenStream>,
    ) -> TokenStream {
        let (store, input) = (self.store_of(k, state, call), self.input_of(k, state, call, item));
        quote!(#store #input)
    }

    pub(super) fn store_of(&self, k: usize, state: &State, call: &Call) -> TokenStream {
        let span = ours(call.span);
        let (private, task) = (blamed(&self.private, span), self.task_type(state, k, call));
        let store = format_ident!("__store{k}", span = span);
        let table_store = quote_spanned!(span=> <Self as #private::States>::Store);
        quote_spanned! {span=>
            let #store = <#table_store as #private::Provides<<#task as #private::Step<#table_store>>::Store>>::provide(__store);
        }
    }

    pub(super) fn input_of(
        &self,
        k: usize,
        state: &State,
        call: &Call,
        item: Option<TokenStream>,
    ) -> TokenStream {
        let span = ours(call.span);
        let (private, task) = (blamed(&self.private, span), self.task_type(state, k, call));
        let input = format_ident!("__input{k}", span = span);
        let lent = self.lent(state, k, call, item);
        quote_spanned! {span=>
            let #input: <#task as #private::Step<<Self as #private::States>::Store>>::Input<'_> = #lent;
        }
    }

    /// The call itself, a future.
    pub(super) fn call(&self, state: &State, k: usize, call: &Call, cx: &TokenStream) -> TokenStream {
        let span = ours(call.span);
        let (private, task) = (blamed(&self.private, span), self.task_type(state, k, call));
        let (input, store, instance) = (
            format_ident!("__input{k}", span = span),
            format_ident!("__store{k}", span = span),
            self.instance(state, k, call),
        );
        quote_spanned!(span=> <#task as #private::Step<<Self as #private::States>::Store>>::call(#instance, #input, #store, #cx))
    }

    pub(super) fn instance(&self, state: &State, k: usize, call: &Call) -> TokenStream {
        let span = ours(call.span);
        match &call.instance {
            Instance::Function => {
                let task: Ident = alias("Task_of", state, k, span);
                quote_spanned!(span=> &#task {})
            }
            Instance::Slot(field) => quote_spanned!(span=> &__tasks.#field),
        }
    }

    pub(super) fn task_type(&self, state: &State, k: usize, call: &Call) -> TokenStream {
        let (task_alias, task) = (alias("Task_of", state, k, ours(call.span)), &call.task);
        let generics = mentioned(&self.workflow.generics, &quote!(#task));
        let (_, types, _) = generics.split_for_impl();
        quote!(#task_alias #types)
    }
}
