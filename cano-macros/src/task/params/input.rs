//! What a row lends.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Generics, Lifetime, Type, TypeReference, parse_quote, spanned::Spanned, visit_mut::VisitMut};

use crate::{
    generics::mentions,
    lend::{Lent, one_piece},
    mistake::{blamed, ours},
    model::text,
};

/// What a row lends.
pub(in crate::task) struct Input {
    /// The parameter's own name, where it has one.
    pub(in crate::task) name: Option<Ident>,
    /// Its type behind the reference, or by value.
    pub(super) ty: Type,
    pub(super) by_value: bool,
    pub(super) local: Ident,
}

impl Input {
    /// The argument for this parameter, from what a row lends as `lent`.
    pub(in crate::task) fn argument_from(&self, lent: &Self) -> TokenStream {
        let local = &lent.local;
        match self.by_value {
            true => quote_spanned!(ours(self.ty.span())=> ::core::clone::Clone::clone(#local)),
            false => quote!(#local),
        }
    }

    /// The argument for this parameter, from an owned value; a type that does not fit is wrong where it is written.
    pub(in crate::task) fn argument_of(&self, value: &TokenStream) -> TokenStream {
        let span = ours(self.ty.span());
        let value = blamed(value, span);
        if self.by_value { value } else { quote_spanned!(span=> &#value) }
    }

    /// The name of the parameter, or its type where a pattern has no name.
    pub(in crate::task) fn written(&self) -> TokenStream {
        match &self.name {
            Some(name) => quote!(#name),
            None => {
                let ty = &self.ty;
                quote!(#ty)
            }
        }
    }

    /// The type as it is written, behind the reference or by value.
    pub(in crate::task) fn written_type(&self) -> String {
        text(&self.ty)
    }

    pub(in crate::task) fn is_by_value(&self) -> bool {
        self.by_value
    }

    /// `&'__a T`, with every lifetime in `T` but `'static` the same.
    pub(super) fn lent_type(&self) -> Type {
        lent(&self.ty)
    }

    pub(super) fn lent(&self, free: &Generics) -> Lent {
        // With the user's own spans: rustc shows the parameter.
        let (span, lent) = (self.ty.span(), lent_at(&self.ty, self.ty.span()));
        let name = self.name.clone().unwrap_or_else(|| self.local.clone());
        if !free.params.iter().any(|param| mentions(&self.ty, param)) {
            return Lent { name, ty: quote!(#lent), unknown: None };
        }
        let unknown = format_ident!("__T{}", self.local, span = span);
        Lent { name, ty: quote_spanned!(span=> &'__a #unknown), unknown: Some(unknown) }
    }

    /// The same of a parameter's type as it is written, with a reference or without.
    pub(in crate::task) fn lent_as(written: &Type) -> Type {
        match written {
            Type::Reference(reference) => lent(&reference.elem),
            by_value => lent(by_value),
        }
    }
}

fn lent(ty: &Type) -> Type {
    lent_at(ty, ours(ty.span()))
}

fn lent_at(ty: &Type, span: Span) -> Type {
    let mut ty = ty.clone();
    OneLifetime.visit_type_mut(&mut ty);
    let lifetime = Lifetime::new("'__a", span);
    let ty = one_piece(&ty);
    syn::parse2(quote_spanned!(span=> &#lifetime #ty)).expect("a reference to a type is a type")
}

struct OneLifetime;

impl VisitMut for OneLifetime {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        if reference.lifetime.is_none() {
            reference.lifetime = Some(parse_quote!('__a));
        }
        syn::visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident != "static" {
            *lifetime = Lifetime::new("'__a", lifetime.span());
        }
    }
}
