//! What a run has done, and the tasks that undo it.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Parts, alias, enums};
use crate::{
    mistake::{blamed, ours},
    model::{Call, Instance, Several, State},
};

/// A state with an undo.
struct Undone<'a> {
    state: &'a State,
    call: &'a Call,
    /// The number of the undo among the state's tasks.
    k: usize,
}

impl<'a> Undone<'a> {
    fn of(state: &'a State) -> Option<Self> {
        let ((_, call), row) = (state.undo.as_ref()?, state.row.as_ref()?);
        Some(Self { state, call, k: row.calls.len() })
    }

    /// What it is lent: fields, and perhaps what the task has yielded, each once.
    fn lent(&self) -> Vec<&'a Ident> {
        let mut seen = BTreeSet::new();
        let lent: Vec<_> = match &self.call.args {
            Some(args) => args.iter().collect(),
            None => self.state.fields.iter().map(|field| &field.name).collect(),
        };
        lent.into_iter().filter(|name| seen.insert((*name).clone())).collect()
    }
}

impl Parts<'_> {
    fn undone(&self) -> impl Iterator<Item = Undone<'_>> {
        self.workflow.states.iter().filter_map(Undone::of)
    }

    /// The name of the enum of what has been done.
    fn done_name(&self) -> Ident {
        format_ident!("Done_in_{}", crate::model::unraw(&self.workflow.name), span = self.at)
    }

    /// The type of what an undo is given.
    pub(super) fn undo_type(&self) -> TokenStream {
        let at = self.at;
        if self.undone().next().is_none() {
            return quote_spanned!(at=> ::core::convert::Infallible);
        }
        let (name, (_, types, _)) = (self.done_name(), self.workflow.generics.split_for_impl());
        quote_spanned!(at=> #name #types)
    }

    /// The enum of what has been done: for each state with an undo, clones of what the undo is lent.
    pub(super) fn undos(&self) -> Option<TokenStream> {
        let (private, at) = (&self.private, self.at);
        let variants: Vec<_> = self.undone().map(|undone| self.variant(&undone)).collect();
        if variants.is_empty() {
            return None;
        }
        let generics = &self.workflow.generics;
        let (impl_generics, types, where_clause) = generics.split_for_impl();
        let (name, unused) = (self.done_name(), self.unused_in_done());
        Some(quote_spanned! {at=>
            #[doc(hidden)]
            #[allow(non_camel_case_types, private_interfaces, unreachable_pub)]
            pub enum #name #generics #where_clause { #(#variants,)* #unused }

            impl #impl_generics #private::Undo for #name #types #where_clause {
                type Journal = #private::DoneSteps<Self>;
            }
        })
    }

    /// A variant for the parameters that no other mentions.
    fn unused_in_done(&self) -> Option<TokenStream> {
        let types = self
            .undone()
            .flat_map(|undone| undone.lent().into_iter().map(move |name| self.type_of(undone.state, name)));
        enums::unused(self, &quote!(#(#types)*))
    }

    fn variant(&self, undone: &Undone<'_>) -> TokenStream {
        let state = undone.state;
        let fields = undone.lent().into_iter().map(|name| {
            let at = state.field(name).map_or_else(|| name.span(), |field| field.ty.span());
            let ty = self.checked_undo(&self.type_of(state, name), ours(at));
            quote_spanned!(name.span()=> #name: #ty)
        });
        let name = &state.name;
        quote_spanned!(ours(name.span())=> #name { #(#fields),* })
    }

    /// The type of a field, or of the outcome.
    fn type_of(&self, state: &State, lent: &Ident) -> TokenStream {
        match state.field(lent) {
            Some(field) => field.ty.to_token_stream(),
            None => self.yielded(state, ours(lent.span())),
        }
    }

    /// The type of what a row yields.
    fn yielded(&self, state: &State, at: Span) -> TokenStream {
        let (private, (_, types, _)) = (blamed(&self.private, at), self.workflow.generics.split_for_impl());
        let of = |k| {
            let outcome = alias("Outcome_of", state, k, at);
            quote_spanned!(at=> #outcome #types)
        };
        let first = of(0);
        match state.row.as_ref().map(|row| (&row.several, row.calls.len())) {
            Some((Several::All, count)) => {
                let all = (0..count).map(of);
                quote_spanned!(at=> (#(#all,)*))
            }
            Some((Several::Each(each), _)) if each.partial => {
                quote_spanned!(at=> #private::Vec<#private::Result<#first, #private::CanoError>>)
            }
            Some((Several::Each(_), _)) => quote_spanned!(at=> #private::Vec<#first>),
            _ => first,
        }
    }

    /// Notes what a row has done, before its outcome is routed.
    pub(super) fn note_done(&self, state: &State) -> Option<TokenStream> {
        let undone = Undone::of(state)?;
        let span = ours(undone.call.span);
        let (private, done, name) = (blamed(&self.private, span), self.done_name(), &state.name);
        let values = undone.lent().into_iter().map(|name| {
            let here = ours(name.span());
            match state.field(name) {
                Some(_) => quote_spanned!(here=> #name: ::core::clone::Clone::clone(&#name)),
                None => quote_spanned!(here=> #name: ::core::clone::Clone::clone(&__outcome)),
            }
        });
        Some(quote_spanned!(span=> #private::Done::push(__done, __cx, #done::#name { #(#values),* });))
    }

    /// The methods that undo, where a state has one.
    pub(super) fn undo(&self) -> Option<TokenStream> {
        let (private, at) = (&self.private, self.at);
        let arms: Vec<_> = self.undone().map(|undone| self.undo_one(&undone)).collect();
        if arms.is_empty() {
            return None;
        }
        let policies = self.undone().map(|undone| self.undo_policy(&undone));
        let never = self.never_done();
        let never = &never;
        Some(quote_spanned! {at=>
            const UNDOES: bool = true;

            #[cold]
            #[allow(clippy::all, clippy::pedantic)]
            fn undo<'__a>(
                __workflow: &'__a #private::CheckedWorkflow<Self>,
                __step: &'__a Self::Undo,
                __store: &'__a <Self as #private::States>::Store,
                __cx: &'__a #private::Cx,
            ) -> #private::BoxFuture<'__a, #private::Result<(), #private::CanoError>> {
                #private::Box::pin(async move {
                    let __tasks = #private::CheckedWorkflow::tasks(__workflow);
                    match __step { #(#arms)* #never }
                })
            }

            #[cold]
            fn undo_policy(
                __workflow: &#private::CheckedWorkflow<Self>,
                __step: &Self::Undo,
            ) -> #private::TaskConfig {
                let __tasks = #private::CheckedWorkflow::tasks(__workflow);
                match __step { #(#policies)* #never }
            }
        })
    }

    /// Whether a task is a run that has an undo. Only what has a slot can be one.
    pub(super) fn hosts(&self) -> Option<TokenStream> {
        let at = self.at;
        let undoes: Vec<_> = self
            .workflow
            .states
            .iter()
            .flat_map(|state| {
                state
                    .row
                    .iter()
                    .flat_map(|row| row.calls.iter().enumerate())
                    .map(move |(k, call)| (state, k, call))
            })
            .filter(|(_, _, call)| matches!(call.instance, Instance::Slot(_)))
            .map(|(state, k, call)| {
                let span = ours(call.span);
                let (private, task) = (blamed(&self.private, span), self.task_type(state, k, call));
                quote_spanned!(span=> <#task as #private::Step<<Self as #private::States>::Store>>::UNDOES)
            })
            .collect();
        (!undoes.is_empty()).then(|| quote_spanned!(at=> const HOSTS: bool = #(#undoes)||*;))
    }

    fn undo_one(&self, undone: &Undone<'_>) -> TokenStream {
        let Undone { state, call, k } = *undone;
        let span = ours(call.span);
        let (private, done, name) = (blamed(&self.private, span), self.done_name(), &state.name);
        let lent = undone.lent();
        let wiring = self.wiring(k, state, call, None);
        let called = self.call(state, k, call, &quote_spanned!(span=> __cx));
        quote_spanned! {span=>
            #done::#name { #(#lent),* } => {
                #wiring
                match #called.await {
                    #private::Ok(__outcome) => #private::Ok(#private::undone(__outcome)),
                    #private::Err(__error) => #private::Err(__error),
                }
            }
        }
    }

    fn undo_policy(&self, undone: &Undone<'_>) -> TokenStream {
        let Undone { state, call, k } = *undone;
        let span = ours(call.span);
        let (private, done, name) = (blamed(&self.private, span), self.done_name(), &state.name);
        let (task, instance) = (self.task_type(state, k, call), self.instance(state, k, call));
        quote_spanned!(span=> #done::#name { .. } => <#task as #private::Step<<Self as #private::States>::Store>>::config(#instance),)
    }

    /// The arm of the variant for generics that nothing mentions, where there is one.
    fn never_done(&self) -> Option<TokenStream> {
        let (done, at) = (self.done_name(), self.at);
        self.unused_in_done().map(|_| quote_spanned!(at=> #done::__Unused(never, _) => match *never {},))
    }
}
