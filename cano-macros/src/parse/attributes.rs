use proc_macro2::TokenTree;
use syn::{
    Attribute, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser, discouraged::Speculative},
};

use crate::mistake::{Mistakes, with_help};

/// The attributes that stand here, as far as they can be read, and whether that is all of them. What stands behind one
/// that is wrong is read all the same.
pub(super) fn attributes(input: ParseStream, mistakes: &mut Mistakes) -> (Vec<Attribute>, bool) {
    let (mut attributes, mut are_read) = (Vec::new(), true);
    while input.peek(Token![#]) {
        // On a fork, because what stands behind a lone `#` may be a name.
        let ahead = input.fork();
        let read = attribute(&ahead);
        are_read &= read.is_ok();
        match read {
            Ok(read) => {
                input.advance_to(&ahead);
                attributes.extend(read);
            }
            Err(error) => {
                mistakes.push_syntax(with_help(error, "write `#[name]`, or `#[name(..)]`"));
                skip(input);
            }
        }
    }
    (attributes, are_read)
}

/// Out of its own tokens, so that what is too much in the brackets is told here.
fn attribute(input: ParseStream) -> syn::Result<Vec<Attribute>> {
    let sign: Token![#] = input.parse()?;
    let is_in_brackets = input.peek(syn::token::Bracket);
    if !is_in_brackets {
        return Err(syn::Error::new(sign.span, "expected an attribute"));
    }
    let brackets: TokenTree = input.parse()?;
    Attribute::parse_outer.parse2(quote::quote!(#sign #brackets))
}

/// The sign, and the brackets that are meant.
fn skip(input: ParseStream) {
    let _ = input.parse::<Token![#]>();
    while !input.is_empty() && !input.peek(Token![,]) && !input.peek(Token![#]) {
        if input.peek(syn::token::Bracket) {
            let _ = input.parse::<TokenTree>();
            return;
        }
        if input.peek(syn::Ident::peek_any) {
            return;
        }
        let _ = input.parse::<TokenTree>();
    }
}
