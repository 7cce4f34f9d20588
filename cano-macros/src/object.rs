//! A store that is a `dyn Trait`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::{Type, TypeParamBound, TypeTraitObject, spanned::Spanned};

use crate::mistake::ours;

/// The type; a `dyn Trait` that does not say how long it lives is `'static`. Behind a reference it would live as long
/// as that, and be another type than the one that the trait is for.
pub(crate) fn outliving(ty: &Type) -> TokenStream {
    let Some(object) = object(ty) else { return ty.to_token_stream() };
    let bounds = &object.bounds;
    let says = bounds.iter().any(|bound| matches!(bound, TypeParamBound::Lifetime(_)));
    let at = ours(ty.span());
    let lifetime = (!says).then(|| quote_spanned!(at=> + 'static));
    quote_spanned!(at=> (dyn #bounds #lifetime))
}

/// A `dyn Trait`, in the parentheses that it needs behind a `&`, and as a macro by example is given it for `$store:ty`.
fn object(ty: &Type) -> Option<&TypeTraitObject> {
    match ty {
        Type::TraitObject(object) => Some(object),
        Type::Paren(inner) => object(&inner.elem),
        Type::Group(inner) => object(&inner.elem),
        _ => None,
    }
}
