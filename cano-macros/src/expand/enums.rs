//! The enum of states and that of exits.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Fields, GenericParam};

use super::Parts;
use crate::{generics::mentions, model::State};

pub(super) fn expand(parts: &Parts<'_>) -> TokenStream {
    let (workflow, at) = (parts.workflow, parts.at);
    let (attrs, exit_attrs, vis) = (&workflow.attrs, &workflow.exit_attrs, &workflow.vis);
    // From the user's own keyword on: before that rustc proposes what to derive.
    let keyword = &workflow.keyword;
    let (name, exit_name, generics) = (&workflow.name, &workflow.exit_name, &workflow.generics);
    let where_clause = &generics.where_clause;
    let states = workflow.states.iter().map(variant);
    let exits = workflow.states.iter().filter(|state| state.may_be_exit);
    let unused_in_states = unused(parts, &field_types(&workflow.states));
    let mut states = Group::new(Delimiter::Brace, quote!(#(#states,)* #unused_in_states));
    states.set_span(name.span());
    let unused_in_exits = unused(parts, &field_types(exits.clone()));
    let exits = exits.map(exit_variant);
    let table = super::docs::docs(workflow);
    let docs = format!("Where a run of [`{name}`] ends.");
    // Without an exit there was a mistake, and nobody can match on the exits anyway.
    quote_spanned! {at=>
        #(#attrs)*
        #[doc = #table]
        // A state has what it needs, and a run is in one at a time.
        #[allow(clippy::large_enum_variant)]
        #vis #keyword #name #generics #where_clause #states

        #[doc = #docs]
        #(#exit_attrs)*
        #vis enum #exit_name #generics #where_clause { #(#exits,)* #unused_in_exits }
    }
}

fn variant(state: &State) -> TokenStream {
    let (attrs, name, fields) = (&state.attrs, &state.name, fields(&state.written_fields));
    quote!(#(#attrs)* #name #fields)
}

/// `#[default]` belongs to a derive that is not forwarded.
fn exit_variant(state: &State) -> TokenStream {
    let attrs = state.attrs.iter().filter(|attr| !attr.path().is_ident("default"));
    let (name, fields) = (&state.name, fields(&state.written_fields));
    quote!(#(#attrs)* #name #fields)
}

fn fields(fields: &Fields) -> TokenStream {
    match fields {
        Fields::Named(named) => named.to_token_stream(),
        _ => TokenStream::new(),
    }
}

/// The types of their fields, one after the other.
pub(super) fn field_types<'a>(states: impl IntoIterator<Item = &'a State>) -> TokenStream {
    let types = states.into_iter().flat_map(|state| &state.fields).map(|field| &field.ty);
    quote!(#(#types)*)
}

/// A variant that nobody can make, for the parameters that the types of its fields do not mention.
pub(super) fn unused(parts: &Parts<'_>, types: &TokenStream) -> Option<TokenStream> {
    let params = parts.workflow.generics.params.iter().filter(|param| !mentions(types, param));
    let unused = params.filter_map(|param| match param {
        GenericParam::Type(param) => Some(param.ident.to_token_stream()),
        GenericParam::Lifetime(param) => {
            let lifetime = &param.lifetime;
            Some(quote!(&#lifetime ()))
        }
        GenericParam::Const(_) => None,
    });
    let unused: Vec<_> = unused.collect();
    if unused.is_empty() {
        return None;
    }
    let at = parts.at;
    Some(quote_spanned! {at=>
        #[doc(hidden)]
        #[allow(dead_code)]
        __Unused(::core::convert::Infallible, ::core::marker::PhantomData<fn() -> (#(#unused,)*)>),
    })
}
