//! What the parameters of a task's type have to be.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Generics, ItemImpl, Token, Type, TypeParam, TypeParamBound, WherePredicate, parse_quote,
    punctuated::Punctuated,
};

use crate::{
    mistake::{Mistake, Mistakes},
    model::text,
};

/// Traits that say nothing of threads. Any other may have `Send`, `Sync` and `'static` above it.
const OF_ONE_THREAD: [&str; 19] = [
    "AsMut",
    "AsRef",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Display",
    "Eq",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Hash",
    "Into",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Sized",
    "ToString",
];

/// A generic type is a task where threads can share it: what its parameters need for that is asked where a table names
/// it.
pub(super) fn shared(generics: &mut Generics) {
    if generics.type_params().next().is_some() {
        generics.make_where_clause().predicates.push(parse_quote!(Self: ::core::marker::Sync));
    }
}

/// The builder keeps its tasks. Of a type that cannot be kept it is asked where it is registered.
pub(super) fn kept(generics: &mut Generics) {
    let own = parse_quote!(for<'__x> Self: ::core::marker::Send + ::core::marker::Sync + 'static);
    generics.make_where_clause().predicates.push(own);
}

/// Tells the parameters that surely lack a bound where the user writes the impl of a trait: rustc would tell each
/// bound of that trait.
pub(super) fn are_kept(generics: &Generics) -> syn::Result<()> {
    let mut mistakes = Mistakes::default();
    for param in generics.type_params() {
        let Some(missing) = missing(generics, param) else { continue };
        let name = &param.ident;
        let all = param.bounds.iter().map(text).chain(missing.iter().map(|bound| (*bound).to_owned()));
        let all = all.collect::<Vec<_>>().join(" + ");
        mistakes.push(
            Mistake::at(name, format!("a task with a `{name}` of any kind cannot be shared between threads"))
                .help(format!("write `{name}: {all}`"))
                .note("one instance of a task serves all runs, on whichever thread"),
        );
    }
    mistakes.into_result()
}

/// An impl with the bounds that it may lack, which was told: rustc would tell them again.
pub(super) fn as_if_kept(item: TokenStream) -> TokenStream {
    let Ok(mut block) = syn::parse2::<ItemImpl>(item.clone()) else { return item };
    for param in block.generics.type_params_mut() {
        param.bounds.extend::<[TypeParamBound; 3]>([
            parse_quote!(::core::marker::Send),
            parse_quote!(::core::marker::Sync),
            parse_quote!('static),
        ]);
    }
    quote!(#block)
}

/// The bounds that are missing, where it can be seen that they are.
fn missing(generics: &Generics, param: &TypeParam) -> Option<Vec<&'static str>> {
    let clauses = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let of_param = clauses.filter_map(|predicate| match predicate {
        WherePredicate::Type(predicate) => {
            is_param(&predicate.bounded_ty, param).then_some(&predicate.bounds)
        }
        _ => None,
    });
    let bounds: Vec<&Punctuated<TypeParamBound, Token![+]>> =
        [&param.bounds].into_iter().chain(of_param).collect();
    let mut missing = vec!["Send", "Sync", "'static"];
    for bound in bounds.into_iter().flatten() {
        let TypeParamBound::Trait(bound) = bound else { return None };
        let name = bound.path.segments.last()?.ident.to_string();
        if name == "Send" || name == "Sync" {
            missing.retain(|bound| *bound != name);
        } else if !OF_ONE_THREAD.contains(&name.as_str()) {
            return None;
        }
    }
    Some(missing)
}

fn is_param(ty: &Type, param: &TypeParam) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(&param.ident))
}
