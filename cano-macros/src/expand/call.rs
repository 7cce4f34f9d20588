//! The call of a row's task, or of several at once.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::{Parts, alias, mentioned};
use crate::{
    mistake::{blamed, ours},
    model::{Call, Instance, Row, State},
};

impl Parts<'_> {
    /// The types of a row's tasks and of their outcomes, by names of our own: the user's tokens stand here, once.
    pub(super) fn aliases(&self, state: &State, row: &Row) -> TokenStream {
        let name = &self.workflow.name;
        let all = &self.workflow.generics;
        let (_, all_types, where_clause) = all.split_for_impl();
        let one = row.calls.iter().enumerate().map(|(k, call)| {
            let span = ours(call.span);
            let (task_alias, outcome_alias, task) = (alias("Task_of", state, k, span), alias("Outcome_of", state, k, span), &call.task);
            let private = blamed(&self.private, span);
            let generics = mentioned(all, &quote!(#task));
            let (_, types, _) = generics.split_for_impl();
            let named_alias = self.lender(state, k, call);
            let (named, task_type) = match call.instance {
                Instance::Function => (None, quote!(#task)),
                Instance::Slot(_) => (
                    Some(quote_spanned! {span=>
                        #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
                        type #named_alias #generics = #task;
                    }),
                    quote_spanned!(span=> <#named_alias #types as #private::Slot>::Instance),
                ),
            };
            let outcome = match call.instance {
                Instance::Function => quote_spanned!(span=> <#task_alias #types as #private::Step<<#name #all_types as #private::States>::Store>>::Outcome),
                Instance::Slot(_) => quote_spanned!(span=> <#named_alias #types as #private::Slot>::Outcome),
            };
            quote_spanned! {span=>
                #named
                #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
                type #task_alias #generics = #task_type;
                #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
                type #outcome_alias #all #where_clause = #outcome;
            }
        });
        quote!(#(#one)*)
    }

    /// Their result, a `Result` of the outcome, or of a tuple of several.
    pub(super) fn result_of(&self, state: &State, row: &Row) -> TokenStream {
        match row.calls.as_slice() {
            [call] => self.call_one(state, call),
            calls => self.call_together(state, calls),
        }
    }

    fn call_one(&self, state: &State, call: &Call) -> TokenStream {
        let wiring = self.wiring(0, state, call);
        let span = ours(call.span);
        let call = self.call(state, 0, call, &quote_spanned!(span=> __cx));
        quote_spanned!(span=> { #wiring #call.await })
    }

    /// Several tasks, each with its own attempts.
    fn call_together(&self, state: &State, calls: &[Call]) -> TokenStream {
        let at = ours(state.name.span());
        let private = blamed(&self.private, at);
        let wiring = calls.iter().enumerate().map(|(k, call)| {
            let (cx, number) =
                (format_ident!("__cx{k}", span = ours(call.span)), u8::try_from(k).unwrap_or(u8::MAX));
            let wiring = self.wiring(k, state, call);
            quote_spanned!(at=> #wiring let #cx = #private::Cx::branch(__cx, #number);)
        });
        let tasks = calls.iter().enumerate().map(|(k, call)| {
            let span = ours(call.span);
            let (name, cx) = (format_ident!("__task{k}", span = span), format_ident!("__cx{k}", span = span));
            let private = blamed(&self.private, span);
            let policy = self.policy_of(k, state, call);
            let call = self.call(state, k, call, &quote_spanned!(span=> &#cx));
            quote_spanned!(span=> #name = &#cx, #private::attempts(|| #policy, &#cx, || #call))
        });
        quote_spanned!(at=> { #(#wiring)* #private::together!(#(#tasks);*) })
    }

    /// The input and the store of a call.
    fn wiring(&self, k: usize, state: &State, call: &Call) -> TokenStream {
        let span = ours(call.span);
        let (private, task) = (blamed(&self.private, span), self.task_type(state, k, call));
        let (input, store) =
            (format_ident!("__input{k}", span = span), format_ident!("__store{k}", span = span));
        let table_store = quote_spanned!(span=> <Self as #private::States>::Store);
        let lent = self.lent(state, k, call);
        quote_spanned! {span=>
            let #store = <#table_store as #private::Provides<<#task as #private::Step<#table_store>>::Store>>::provide(__store);
            let #input: <#task as #private::Step<#table_store>>::Input<'_> = #lent;
        }
    }

    /// The call itself, a future.
    fn call(&self, state: &State, k: usize, call: &Call, cx: &TokenStream) -> TokenStream {
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
