//! The impls of the engine's traits for the enum of states.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Parts, enums};
use crate::{generics::mentioned, mistake::ours, model::State};

/// The same with nothing in it.
pub(super) fn expand_stub(parts: &Parts<'_>) -> TokenStream {
    let (private, at) = (&parts.private, parts.at);
    let named = parts.named();
    let impls = parts.impls(&quote_spanned!(at=> ::core::convert::Infallible), &quote_spanned! {at=>
        async fn drive(
            _: Self,
            _: &#private::CheckedWorkflow<Self>,
            _: &<Self as #private::States>::Store,
            _: &#private::Cx,
            _: &<<Self as #private::States>::Undo as #private::Undo>::Journal,
        ) -> #private::Result<<Self as #private::States>::Exit, #private::CanoError> {
            ::core::panic!()
        }

        fn policy(&self, _: &<Self as #private::States>::Tasks) -> #private::Option<#private::TaskConfig> {
            #private::None
        }
    });
    quote!(#impls #named)
}

impl Parts<'_> {
    /// Names the tasks, the policies and the limits of the rows: their imports are used, whatever else is wrong.
    fn named(&self) -> TokenStream {
        let states = &self.workflow.states;
        let tasks = states.iter().flat_map(State::calls).enumerate().map(|(i, call)| {
            let (span, task) = (ours(call.span), &call.task);
            let alias = format_ident!("__Task{i}", span = span);
            let generics = mentioned(&self.workflow.generics, task);
            quote_spanned!(span=> #[allow(dead_code, type_alias_bounds)] type #alias #generics = #task;)
        });
        let policies = states.iter().filter_map(|state| state.retry.as_ref()?.1.path());
        let limits =
            states.iter().filter_map(|state| state.limits.as_ref()).flat_map(|(_, limits)| limits.paths());
        let values = policies.chain(limits).map(|path| quote_spanned!(ours(path.span())=> let _ = &#path;));
        let at = self.at;
        quote_spanned!(at=> #(#tasks)* #[allow(dead_code)] fn __named() { #(#values)* })
    }

    pub(super) fn impls(&self, undo: &TokenStream, body: &TokenStream) -> TokenStream {
        let (private, workflow, store, at) = (&self.private, self.workflow, self.checked_store(), self.at);
        let (name, exit_name) = (&workflow.name, &workflow.exit_name);
        let (impl_generics, type_generics, where_clause) = workflow.generics.split_for_impl();
        let (tasks_type, table, exit) = (self.tasks_type(), self.table(), self.checked_exit());
        let indices = self.states().map(|(i, state)| {
            let name = &state.name;
            quote_spanned!(at=> Self::#name { .. } => #i,)
        });
        let never = self.never_made();
        // Without a start there was a mistake; the first state is as good as any to go on with.
        let start = workflow.states.iter().find(|state| state.start.is_some()).or(workflow.states.first());
        // With a lifetime there was a mistake, and these would be another.
        let start = start.filter(|_| workflow.generics.lifetimes().next().is_none());
        let start = start.map(|start| self.start_impls(start));
        let schedule = self.schedule_impl();
        // A reference is never without values.
        let of_self =
            if workflow.states.is_empty() { quote_spanned!(at=> *self) } else { quote_spanned!(at=> self) };
        // Where they are written: there rustc says that one is more private than the table.
        let store_at = workflow.store.as_ref().map_or(at, |store| ours(store.span()));
        let store_type = quote_spanned!(store_at=> type Store = #store;);
        let tasks = quote_spanned!(self.tasks_at()=> type Tasks = #tasks_type;);
        quote_spanned! {at=>
            // Not `#[automatically_derived]`: there rustc is silent about the bindings of the user's patterns.
            #[doc(hidden)]
            impl #impl_generics #private::States for #name #type_generics #where_clause {
                type Exit = #exit;
                #store_type
                #tasks
                type Undo = #undo;
                const TABLE: &'static #private::Table = #table;

                #[inline]
                fn index(&self) -> u32 {
                    match #of_self { #(#indices)* #never }
                }

                #body
            }

            #[automatically_derived]
            #[doc(hidden)]
            impl #impl_generics #private::Slot for #name #type_generics #where_clause {
                type Instance = #private::CheckedWorkflow<Self>;
                type Outcome = #exit_name #type_generics;
            }

            #start
            #schedule
        }
    }

    /// The arm of the variant for generics that no field mentions, where there is one.
    pub(super) fn never_made(&self) -> Option<TokenStream> {
        let at = self.at;
        enums::unused(self, &enums::field_types(&self.workflow.states)).map(|_| {
            let never = quote_spanned!(at=> ::core::convert::Infallible);
            quote_spanned! {at=>
                Self::__Unused(never, _) => match *::core::borrow::Borrow::<#never>::borrow(&never) {},
            }
        })
    }
}
