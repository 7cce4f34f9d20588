//! What a task is over: its store, and the generics that the store decides.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{
    Generics, Lifetime, Type, TypeParamBound, parse_quote, punctuated::Punctuated, spanned::Spanned,
    visit::Visit, visit_mut::VisitMut,
};

use super::params::Store;
use crate::{mistake::Mistake, object::outliving};

/// The generics of the impl of a task, and what it is over.
pub(super) struct Over {
    /// The impl's generics.
    pub(super) generics: Generics,
    /// The store that the trait is for.
    pub(super) of: TokenStream,
    /// The store that the task asks for.
    pub(super) store: TokenStream,
    /// The store, where it is one type: then the task can be the builder's.
    pub(super) concrete: Option<Type>,
    /// Whether the task is for any store.
    pub(super) any: bool,
}

impl Over {
    /// `own` are the generics of the function, or of the impl, which its type then mentions.
    pub(super) fn new(store: Option<&Store>, own: &Generics, of_impl: bool) -> syn::Result<Self> {
        let mut generics = own.clone();
        if !of_impl {
            generics.params = own
                .params
                .iter()
                .filter(|param| !matches!(param, syn::GenericParam::Lifetime(_)))
                .cloned()
                .collect();
        }
        let (any, mut concrete) = (store.is_none(), None);
        let free: Generics = parse_quote!(<__S: ?::core::marker::Sized + ::core::marker::Sync>);
        let (of, store) = match store.map(|store| &store.ty) {
            None => (quote!(__S), quote!(__S)),
            Some(Type::ImplTrait(bounds)) => {
                let bounds: &Punctuated<TypeParamBound, _> = &bounds.bounds;
                generics.params.push(parse_quote!(__S: #bounds + ::core::marker::Sync));
                let over = quote!(__S);
                return Ok(Self { generics, of: over.clone(), store: over, concrete: None, any: false });
            }
            Some(ty) => {
                let mut ty = ty.clone();
                StaticLifetime.visit_type_mut(&mut ty);
                let is_generic = !of_impl && generics.params.iter().any(|param| mentions(&ty, param));
                if is_generic {
                    let of = quote!(#ty);
                    all_mentioned(&generics, &ty)?;
                    return Ok(Self { generics, of: of.clone(), store: of, concrete: None, any: false });
                }
                let ty = outliving(&ty);
                concrete = Some(parse_quote!(#ty));
                (quote!(__S), ty)
            }
        };
        if !of_impl && let Some(param) = generics.params.first() {
            return Err(unmentioned(param));
        }
        generics.params.extend(free.params);
        Ok(Self { generics, of, store, concrete, any })
    }
}

fn all_mentioned(generics: &Generics, store: &Type) -> syn::Result<()> {
    match generics.params.iter().find(|param| !mentions(store, param)) {
        Some(param) => Err(unmentioned(param)),
        None => Ok(()),
    }
}

fn unmentioned(param: &syn::GenericParam) -> syn::Error {
    Mistake::at(param, "the store does not mention this parameter, so nothing says what it is")
        .help("write one task for each type, or put `#[task]` on an impl of a generic type")
        .note("a table names a task without parameters; only the store may decide them")
        .into()
}

pub(in crate::task) fn mentions(ty: &Type, param: &syn::GenericParam) -> bool {
    struct Search<'a>(&'a Ident, bool);
    impl<'ast> Visit<'ast> for Search<'_> {
        fn visit_ident(&mut self, name: &'ast Ident) {
            self.1 |= name == self.0;
        }
    }
    let mut search = Search(
        match param {
            syn::GenericParam::Type(param) => &param.ident,
            syn::GenericParam::Const(param) => &param.ident,
            syn::GenericParam::Lifetime(param) => &param.lifetime.ident,
        },
        false,
    );
    search.visit_type(ty);
    search.1
}

struct StaticLifetime;

impl VisitMut for StaticLifetime {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        *lifetime = Lifetime::new("'static", lifetime.span());
    }
}
