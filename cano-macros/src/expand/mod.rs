//! From a checked table to code: wiring, with every path absolute.

mod data;
mod docs;
mod enums;

mod checked;
mod tasks;

mod handle;

mod patterns;

mod lend;

mod call;
mod policy;
mod route;
mod several;

mod error;
mod groups;
mod start;
mod states;
mod step;
mod undo;
mod unused;

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Generics, Ident};

use crate::{
    mistake::{blamed, ours},
    model::{State, Workflow},
    object::outliving,
};

/// All of it.
pub(crate) fn expand(workflow: &Workflow) -> TokenStream {
    let parts = Parts::new(workflow);
    let (expanded, unused) = (around(&parts, &step::expand(&parts)), parts.unused_fields());
    quote!(#expanded #unused)
}

/// What the user's code names, so that a mistake in the table is not followed by others.
pub(crate) fn expand_stub(workflow: &Workflow) -> TokenStream {
    let parts = Parts::new(workflow);
    around(&parts, &states::expand_stub(&parts))
}

fn around(parts: &Parts<'_>, wiring: &TokenStream) -> TokenStream {
    let (enums, tasks, handle) = (enums::expand(parts), tasks::expand(parts), handle::expand(parts));
    quote! {
        #enums
        #tasks
        #handle
        const _: () = { #wiring };
    }
}

/// What several pieces need of a table.
struct Parts<'a> {
    workflow: &'a Workflow,
    /// `::cano::__private`.
    private: TokenStream,
    /// The store's type.
    store: TokenStream,
    /// Where code stands that is blamed on nothing else: at the table's name.
    at: Span,
}

impl<'a> Parts<'a> {
    fn new(workflow: &'a Workflow) -> Self {
        let krate = &workflow.krate;
        let at = ours(workflow.name.span());
        let krate = blamed(&quote!(#krate), at);
        let private = quote_spanned!(at=> #krate::__private);
        let store = match &workflow.store {
            Some(store) => outliving(store),
            None => quote_spanned!(at=> #private::MemoryStore),
        };
        Self { workflow, private, store, at }
    }

    /// The states with the indices that the code knows them by.
    fn states(&self) -> impl Iterator<Item = (u32, &'a State)> + use<'a> {
        (0..).zip(&self.workflow.states)
    }

    /// `State { a, b }`, which takes a state apart and puts it together.
    fn whole(state: &State) -> TokenStream {
        let (name, fields) = (&state.name, state.fields.iter().map(|field| &field.name));
        quote!(#name { #(#fields),* })
    }
}

/// The generics that `tokens` mention, with their bounds.
fn mentioned(generics: &Generics, tokens: &TokenStream) -> Generics {
    let mut kept = generics.clone();
    kept.params =
        generics.params.iter().filter(|param| mentions(tokens, param_name(param))).cloned().collect();
    kept.where_clause = None;
    kept
}

fn param_name(param: &syn::GenericParam) -> &Ident {
    match param {
        syn::GenericParam::Lifetime(param) => &param.lifetime.ident,
        syn::GenericParam::Type(param) => &param.ident,
        syn::GenericParam::Const(param) => &param.ident,
    }
}

fn mentions(tokens: &TokenStream, name: &Ident) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(ident) => ident == *name,
        proc_macro2::TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}

/// The name of an alias. rustc prints that of an outcome in some messages, so it is one that a person can read.
fn alias(prefix: &str, state: &State, call: usize, span: Span) -> Ident {
    let name = crate::model::unraw(&state.name);
    match call {
        0 => format_ident!("{prefix}_{name}", span = span),
        more => format_ident!("{prefix}_{name}_{more}", span = span),
    }
}
