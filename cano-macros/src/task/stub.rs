//! After a mistake in a task: what a table names of it, so that the table is not told that there is no task.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{FnArg, Generics, Item, ItemImpl, ReturnType, Signature, spanned::Spanned};

use super::{
    implementation::functions,
    options::Options,
    params::{Input, is_input},
    result::{borrowed, has_impl_trait, written_outcome},
    wiring::slot,
};
use crate::{
    lend::{Lent, lend},
    mistake::ours,
};

/// The impls, with nothing in them; nothing where the mistake left too little. A function needs none: of a name that is
/// not there rustc is silent after a mistake in the macro that makes it.
pub(super) fn stub(item: &Item, options: &Options) -> TokenStream {
    match item {
        Item::Impl(block) if block.trait_.is_none() => options.importing(impls(block, options)),
        _ => TokenStream::new(),
    }
}

fn impls(block: &ItemImpl, options: &Options) -> TokenStream {
    let (ty, generics) = (block.self_ty.to_token_stream(), &block.generics);
    let private = options.private(ty.span());
    let find =
        |name: &str| functions(block).map(|function| &function.sig).find(|signature| signature.ident == name);
    let (first, last) = (find("run").or(find("prep")), find("run").or(find("post")));
    let (Some(first), Some(last)) = (first, last) else {
        return unknown(&private, &ty, generics);
    };
    let outcome = outcome_of(last);
    let (slot, step) =
        (slot(&private, &ty, generics, &outcome), step(&private, &ty, generics, first, &outcome));
    quote!(#slot #step)
}

/// Where nobody knows what it yields. After a mistake rustc is silent about a trait that is not there, and about what
/// an impl over it may be.
fn unknown(private: &TokenStream, ty: &TokenStream, generics: &Generics) -> TokenStream {
    let mut generics = generics.clone();
    generics.params.push(syn::parse_quote!(__T: __Unread));
    slot(private, ty, &generics, &quote!(()))
}

fn outcome_of(last: &Signature) -> TokenStream {
    let outcome = match &last.output {
        ReturnType::Type(_, ty) => {
            written_outcome(ty).filter(|outcome| !has_impl_trait(outcome) && borrowed(outcome).is_none())
        }
        ReturnType::Default => None,
    };
    outcome.map_or_else(|| quote!(()), |outcome| quote!(#outcome))
}

/// The inputs are those of `first`.
fn step(
    private: &TokenStream,
    ty: &TokenStream,
    generics: &Generics,
    first: &Signature,
    outcome: &TokenStream,
) -> TokenStream {
    let typed = first.inputs.iter().filter_map(|param| match param {
        FnArg::Typed(param) if is_input(param) => Some(&*param.ty),
        _ => None,
    });
    let types: Vec<_> = typed.collect();
    // What a row lends for an input without a type cannot be known.
    let is_known = !types.iter().any(|ty| has_impl_trait(ty));
    let inputs: Vec<_> = types.iter().filter(|_| is_known).map(|ty| Input::lent_as(ty)).collect();
    let lend = match is_known {
        true => {
            let lent = inputs.iter().enumerate().map(|(i, ty)| Lent {
                name: format_ident!("__{i}"),
                ty: quote!(#ty),
                unknown: None,
            });
            lend(ty, generics, &lent.collect::<Vec<_>>(), &first.ident)
        }
        false => lend_anything(ty, generics, types.len()),
    };
    let mut generics = generics.clone();
    generics.params.push(syn::parse_quote!(__S: ?::core::marker::Sized + ::core::marker::Sync));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    quote_spanned! {ours(ty.span())=>
        #lend

        #[doc(hidden)]
        impl #impl_generics #private::Step<__S> for #ty #where_clause {
            type Store = __S;
            type Input<'__a> = (#(#inputs,)*) where Self: '__a;
            type Outcome = #outcome;

            fn config(&self) -> #private::TaskConfig {
                ::core::panic!()
            }

            async fn call(
                &self,
                _: <Self as #private::Step<__S>>::Input<'_>,
                _: &__S,
                _: &#private::Cx,
            ) -> #private::Result<<Self as #private::Step<__S>>::Outcome, #private::CanoError> {
                ::core::panic!()
            }
        }
    }
}

/// Takes so many fields of whatever types.
fn lend_anything(ty: &TokenStream, generics: &Generics, count: usize) -> TokenStream {
    let types: Vec<_> = (0..count).map(|i| format_ident!("__T{i}")).collect();
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    quote_spanned! {ours(ty.span())=>
        impl #impl_generics #ty #where_clause {
            #[doc(hidden)]
            #[allow(dead_code, non_camel_case_types)]
            pub fn __lend<#(#types),*>(#(_: #types),*) {}
        }
    }
}
