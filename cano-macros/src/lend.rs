//! What a row calls with the fields that it lends: of a task, and of a table that may be one.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::{Generics, Type, TypeParen, spanned::Spanned};

use crate::mistake::ours;

/// A parameter of it: its name, by which rustc tells of it, and its type.
pub(crate) struct Lent {
    pub(crate) name: Ident,
    pub(crate) ty: TokenStream,
    /// The parameter that stands for the type, where only the store decides it.
    pub(crate) unknown: Option<Ident>,
}

/// The type of an input, at the user's types, from the first to the last: there rustc says that one is more private
/// than what it is an input of.
pub(crate) fn input_type(types: &TokenStream, at: Option<(Span, Span)>, otherwise: Span) -> TokenStream {
    let (first, last) = at.map_or((otherwise, otherwise), |(first, last)| (ours(first), ours(last)));
    let keyword = quote_spanned!(first=> type);
    quote_spanned!(last=> #keyword Input<'__a> = #types where Self: '__a;)
}

/// An associated function with the task's parameters, so that rustc says in their names what is missing or wrong.
pub(crate) fn lend(ty: &TokenStream, own: &Generics, lent: &[Lent], named: &Ident) -> TokenStream {
    let at = ours(named.span());
    let names: Vec<_> = lent.iter().map(|lent| &lent.name).collect();
    let types: Vec<_> = lent.iter().map(|lent| &lent.ty).collect();
    let params = lent.iter().map(|Lent { name, ty, .. }| quote_spanned!(name.span()=> #name: #ty));
    let unknown = lent.iter().filter_map(|lent| lent.unknown.as_ref());
    let (impl_generics, _, where_clause) = own.split_for_impl();
    // With the user's own span: else rustc shows the macro as well as the function.
    let name = Ident::new("__lend", named.span());
    quote_spanned! {at=>
        #[automatically_derived]
        impl #impl_generics #ty #where_clause {
            #[doc(hidden)]
            #[inline]
            #[allow(dead_code, nonstandard_style, private_interfaces, private_bounds, unreachable_pub, clippy::all, clippy::pedantic)]
            pub fn #name<'__a, #(#unknown),*>(#(#params),*) -> (#(#types,)*) {
                (#(#names,)*)
            }
        }
    }
}

/// The type, in brackets where it has several bounds: so that it may stand behind a `&`.
pub(crate) fn one_piece(ty: &Type) -> Type {
    let bounds = match ty {
        Type::TraitObject(object) => &object.bounds,
        Type::ImplTrait(some) => &some.bounds,
        _ => return ty.clone(),
    };
    if bounds.len() == 1 && !bounds.trailing_punct() {
        return ty.clone();
    }
    let paren_token = syn::token::Paren(ty.span());
    Type::Paren(TypeParen { attrs: Vec::new(), paren_token, elem: Box::new(ty.clone()) })
}
