//! A store's type, as our code names it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::{Token, Type, TypeParamBound, punctuated::Punctuated, spanned::Spanned};

use crate::mistake::ours;

/// The type, which borrows nothing: behind a reference `dyn Api` would be as short-lived as the reference.
pub(crate) fn owned(store: &Type) -> TokenStream {
    match store {
        Type::Paren(store) => owned(&store.elem),
        Type::Group(store) => owned(&store.elem),
        Type::TraitObject(object) => {
            let traits = object.bounds.iter().filter(|bound| !matches!(bound, TypeParamBound::Lifetime(_)));
            quote_spanned!(ours(object.span())=> (dyn #(#traits)+* + 'static))
        }
        other => other.to_token_stream(),
    }
}

/// The bounds of `impl Api`, which stands in brackets where there are several.
pub(crate) fn bounds(store: &Type) -> Option<&Punctuated<TypeParamBound, Token![+]>> {
    match store {
        Type::ImplTrait(store) => Some(&store.bounds),
        Type::Paren(store) => bounds(&store.elem),
        Type::Group(store) => bounds(&store.elem),
        _ => None,
    }
}
