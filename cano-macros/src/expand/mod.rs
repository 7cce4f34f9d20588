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
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Ident, spanned::Spanned};

use crate::{
    mistake::ours,
    model::{State, Workflow, unraw},
    store::owned,
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
    let import = parts.import();
    // Of a local variable that the table names, rustc says that it does not reach into this constant.
    let wiring = quote_spanned!(parts.at=> const _: () = { #wiring };);
    quote!(#import #enums #tasks #handle #wiring)
}

/// What several pieces need of a table.
struct Parts<'a> {
    workflow: &'a Workflow,
    /// `::cano::__private`, or the name that it is imported by.
    private: TokenStream,
    /// The store's type.
    store: TokenStream,
    /// Where code stands that is blamed on nothing else: at the table's name.
    at: Span,
}

impl<'a> Parts<'a> {
    fn new(workflow: &'a Workflow) -> Self {
        let at = ours(workflow.name.span());
        let private = match &workflow.krate {
            None => quote_spanned!(at=> ::cano::__private),
            Some(_) => format_ident!("__private_of_{}", unraw(&workflow.name), span = at).into_token_stream(),
        };
        let store = match &workflow.store {
            Some(store) => owned(store),
            None => quote_spanned!(at=> #private::MemoryStore),
        };
        Self { workflow, private, store, at }
    }

    /// What `crate = ..` names is imported once: so of a path that leads nowhere rustc tells once, and there.
    fn import(&self) -> Option<TokenStream> {
        let (krate, private) = (self.workflow.krate.as_ref()?, &self.private);
        Some(quote_spanned!(ours(krate.span())=> #[allow(unused_imports)] use #krate::__private as #private;))
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

/// The name of an alias. rustc prints that of an outcome in some messages, so it is one that a person can read.
fn alias(prefix: &str, state: &State, call: usize, span: Span) -> Ident {
    let name = unraw(&state.name);
    match call {
        0 => format_ident!("{prefix}_{name}", span = span),
        more => format_ident!("{prefix}_{name}_{more}", span = span),
    }
}
