//! What a task is over: its store, and the generics that the store decides.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    GenericParam, Generics, Lifetime, Token, TypeParamBound, WherePredicate, parse_quote,
    punctuated::Punctuated, visit_mut::VisitMut,
};

use super::{bounds::shared, params::Store};
use crate::{
    generics::mentions,
    mistake::Mistake,
    store::{bounds, owned},
};

/// The generics of the impl of a task, and what it is over.
pub(super) struct Over {
    /// The impl's generics.
    pub(super) generics: Generics,
    /// The store that the trait is for.
    pub(super) of: TokenStream,
    /// The store that the task asks for.
    pub(super) store: TokenStream,
    /// The store, where it is one type: then the task can be the builder's.
    pub(super) concrete: Option<TokenStream>,
    /// Whether the task is for any store.
    pub(super) any: bool,
}

impl Over {
    /// Of an impl: its type says what its generics are.
    pub(super) fn of_impl(store: Option<&Store>, own: &Generics) -> Self {
        let mut generics = own.clone();
        shared(&mut generics);
        let bounds = store.and_then(|store| bounds(&store.ty));
        generics.params.push(match bounds {
            Some(bounds) => {
                let bounds = bounds.iter();
                parse_quote!(__S: #(#bounds +)* ::core::marker::Sync)
            }
            None => parse_quote!(__S: ?::core::marker::Sized + ::core::marker::Sync),
        });
        let concrete = store.filter(|_| bounds.is_none()).map(Store::owned);
        let asked_for = concrete.clone().unwrap_or_else(|| quote!(__S));
        Self { generics, of: quote!(__S), store: asked_for, concrete, any: store.is_none() }
    }

    /// Of a function: its type has no generics, so only the store can say what they are.
    pub(super) fn of_function(store: Option<&Store>, own: &Generics) -> syn::Result<Self> {
        let generics = without_lifetimes(own);
        let named = store.filter(|store| bounds(&store.ty).is_none());
        let is_said = |param: &&GenericParam| named.is_some_and(|store| mentions(&store.ty, param));
        if let Some(param) = generics.params.iter().find(|param| !is_said(param)) {
            return Err(unmentioned(param));
        }
        let Some(store) = named.filter(|_| !generics.params.is_empty()) else {
            return Ok(Self::of_impl(store, &generics));
        };
        let ty = store.owned();
        Ok(Self { generics, of: ty.clone(), store: ty, concrete: None, any: false })
    }
}

/// What the lifetimes of a function say is said of its call: an impl for every call has none of them.
fn without_lifetimes(own: &Generics) -> Generics {
    let mut generics = own.clone();
    generics.params =
        own.params.iter().filter(|param| !matches!(param, GenericParam::Lifetime(_))).cloned().collect();
    for param in generics.type_params_mut() {
        param.bounds = of_traits(&param.bounds);
    }
    if let Some(clause) = &mut generics.where_clause {
        let predicates = clause.predicates.iter().filter_map(|predicate| match predicate {
            WherePredicate::Type(predicate) => {
                let mut predicate = predicate.clone();
                predicate.bounds = of_traits(&predicate.bounds);
                (!predicate.bounds.is_empty()).then_some(WherePredicate::Type(predicate))
            }
            _ => None,
        });
        clause.predicates = predicates.collect();
    }
    generics
}

fn of_traits(bounds: &Punctuated<TypeParamBound, Token![+]>) -> Punctuated<TypeParamBound, Token![+]> {
    let is_named =
        |bound: &TypeParamBound| matches!(bound, TypeParamBound::Lifetime(name) if name.ident != "static");
    bounds.iter().filter(|bound| !is_named(bound)).cloned().collect()
}

fn unmentioned(param: &GenericParam) -> syn::Error {
    Mistake::at(param, "the store does not mention this parameter, so nothing says what it is")
        .help("write one task for each type, or put `#[task]` on an impl of a generic type")
        .note("a table names a task without parameters; only the store may decide them")
        .into()
}

impl Store {
    /// Its type, for every call of the task.
    fn owned(&self) -> TokenStream {
        let mut ty = self.ty.clone();
        StaticLifetime.visit_type_mut(&mut ty);
        owned(&ty)
    }
}

struct StaticLifetime;

impl VisitMut for StaticLifetime {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        *lifetime = Lifetime::new("'static", lifetime.span());
    }
}
