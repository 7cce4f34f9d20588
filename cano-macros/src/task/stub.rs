//! After a mistake in a task: what a table names of it, so that the table is not told that there is no task.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{FnArg, Generics, Item, ItemImpl, ReturnType, Signature, spanned::Spanned};

use super::{
    bounds::shared,
    implementation::functions,
    options::Options,
    params::{Input, is_input},
    result::{borrowed, has_impl_trait, written_outcome},
    wiring::{is_task, slot},
};
use crate::{
    lend::{Lent, lend},
    mistake::ours,
};

/// The impls, with nothing in them. A function needs none: of a name that is not there rustc is silent in a module with
/// a mistake in a macro.
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
    let Some((first, outcome)) =
        find("run").or(find("prep")).zip(find("run").or(find("post")).and_then(outcome_of))
    else {
        return unknown(&private, &ty, generics);
    };
    let (lend, input) = inputs(&ty, generics, first);
    let slot = slot(&private, &ty, generics, &outcome, is_task(&private, &ty, generics));
    let step = step(&private, &ty, generics, &input, &outcome);
    quote!(#lend #slot #step)
}

/// Where nobody knows what it takes or yields. In a module with a mistake rustc is silent about a trait that is not
/// there, and about all that hangs on an impl over it.
fn unknown(private: &TokenStream, ty: &TokenStream, generics: &Generics) -> TokenStream {
    let mut generics = generics.clone();
    generics.params.push(syn::parse_quote!(__T: __Unread));
    slot(private, ty, &generics, &quote!(()), None)
}

fn outcome_of(last: &Signature) -> Option<TokenStream> {
    let ReturnType::Type(_, ty) = &last.output else { return None };
    let outcome = written_outcome(ty)?;
    (!has_impl_trait(&outcome) && borrowed(&outcome).is_none()).then(|| quote!(#outcome))
}

/// What a row lends them by, and their type.
fn inputs(ty: &TokenStream, generics: &Generics, first: &Signature) -> (TokenStream, TokenStream) {
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
    (lend, quote!((#(#inputs,)*)))
}

fn step(
    private: &TokenStream,
    ty: &TokenStream,
    generics: &Generics,
    input: &TokenStream,
    outcome: &TokenStream,
) -> TokenStream {
    let mut generics = generics.clone();
    shared(&mut generics);
    generics.params.push(syn::parse_quote!(__S: ?::core::marker::Sized + ::core::marker::Sync));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    quote_spanned! {ours(ty.span())=>
        #[doc(hidden)]
        impl #impl_generics #private::Step<__S> for #ty #where_clause {
            type Store = __S;
            type Input<'__a> = #input where Self: '__a;
            type Outcome = #outcome;

            fn config(&self) -> #private::TaskConfig {
                ::core::panic!()
            }

            async fn call<'__a>(
                &'__a self,
                _: <Self as #private::Step<__S>>::Input<'__a>,
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
