//! After a mistake in a task: what a table names of it, so that the table is not told that there is no task.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{
    Attribute, FnArg, Generics, Item, ItemImpl, ReturnType, Signature, Visibility,
    parse::{ParseStream, Parser},
    spanned::Spanned,
};

use super::{
    bounds::shared,
    function::again,
    implementation::functions,
    options::Options,
    params::{Input, is_input},
    result::{borrowed, has_impl_trait, written_outcome},
    wiring::{is_task, slot},
};
use crate::{
    lend::{Lent, lend},
    mistake::{Mistakes, ours},
};

/// The impls, with nothing in them; of a function a type of which rustc is silent, so that a table that names it, here or
/// in another module, is not told that it is a function.
pub(super) fn stub(item: &Item, options: &Options, mistakes: &mut Mistakes) -> TokenStream {
    match item {
        Item::Impl(block) if block.trait_.is_none() => options.importing(impls(block, options, mistakes)),
        // In an impl there is no place for a type, and another `#[task]` makes its own.
        Item::Fn(function) if function.sig.receiver().is_none() && again(function).is_none() => {
            let signature = &function.sig;
            of_function(&function.vis, &signature.ident, Some(&signature.generics), mistakes)
        }
        _ => TokenStream::new(),
    }
}

/// Of a function whose signature cannot be read: what stands before `fn`, and the name behind it.
pub(super) fn of_unread_function(item: &TokenStream, mistakes: &mut Mistakes) -> Option<TokenStream> {
    let mut tokens = item.clone().into_iter();
    let before: TokenStream = tokens
        .by_ref()
        .take_while(|token| !matches!(token, TokenTree::Ident(word) if word == "fn"))
        .collect();
    let Some(TokenTree::Ident(name)) = tokens.next() else { return None };
    let vis = (|input: ParseStream<'_>| {
        input.call(Attribute::parse_outer)?;
        let vis = input.parse::<Visibility>()?;
        input.parse::<TokenStream>()?;
        Ok(vis)
    })
    .parse2(before);
    Some(of_function(&vis.ok()?, &name, None, mistakes))
}

fn of_function(
    vis: &Visibility,
    name: &Ident,
    generics: Option<&Generics>,
    mistakes: &mut Mistakes,
) -> TokenStream {
    let types = generics.into_iter().flat_map(|generics| generics.type_params().map(|param| &param.ident));
    mistakes.name(name);
    let unread = mistakes.unread();
    quote_spanned! {ours(name.span())=>
        #[allow(dead_code, non_camel_case_types)]
        #vis type #name<#(#types),*> = #unread;
    }
}

fn impls(block: &ItemImpl, options: &Options, mistakes: &mut Mistakes) -> TokenStream {
    let (ty, generics) = (block.self_ty.to_token_stream(), &block.generics);
    let private = options.private(ty.span());
    let find =
        |name: &str| functions(block).map(|function| &function.sig).find(|signature| signature.ident == name);
    let Some((first, outcome)) =
        find("run").or(find("prep")).zip(find("run").or(find("post")).and_then(outcome_of))
    else {
        return unknown(&private, &ty, generics, mistakes);
    };
    let (lend, input) = inputs(&ty, generics, first);
    let slot = slot(&private, &ty, generics, &outcome, is_task(&private, &ty, generics));
    let step = step(&private, &ty, generics, &input, &outcome);
    quote!(#lend #slot #step)
}

/// Where nobody knows what it takes or yields: rustc is silent about all that hangs on an impl over a trait that could not
/// be read.
fn unknown(
    private: &TokenStream,
    ty: &TokenStream,
    generics: &Generics,
    mistakes: &mut Mistakes,
) -> TokenStream {
    let name = ty.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(name) => Some(name),
        _ => None,
    });
    if let Some(name) = name {
        mistakes.name(&name);
    }
    let (mut generics, unread) = (generics.clone(), mistakes.unread());
    generics.params.push(syn::parse_quote!(__T: #unread));
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
