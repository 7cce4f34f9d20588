//! Which generics some code mentions.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericParam, Generics};

/// Those that `code` mentions, with their bounds.
pub(crate) fn mentioned(generics: &Generics, code: &impl ToTokens) -> Generics {
    let mut kept = generics.clone();
    kept.params = generics.params.iter().filter(|param| mentions(code, param)).cloned().collect();
    kept.where_clause = None;
    kept
}

pub(crate) fn mentions(code: &impl ToTokens, param: &GenericParam) -> bool {
    let name = match param {
        GenericParam::Lifetime(param) => &param.lifetime.ident,
        GenericParam::Type(param) => &param.ident,
        GenericParam::Const(param) => &param.ident,
    };
    has_name(code.to_token_stream(), name)
}

fn has_name(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => has_name(group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
