//! `#[task] async fn`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Attribute, Generics, ItemFn, spanned::Spanned};

use super::{
    options::Options,
    over::Over,
    params::Params,
    result::{check_signature, finished, outcome_of, result_type, written_outcome},
    wiring::Wiring,
};
use crate::mistake::{Mistake, Mistakes, ours};

/// The function stays as it is. A type of its name, which lives among the types only, is the task.
pub(super) fn expand(
    options: &Options,
    mut function: ItemFn,
    mistakes: &mut Mistakes,
) -> Option<TokenStream> {
    mistakes.keep(is_a_function_once(&function))?;
    let signature = mistakes.keep(check_signature(&function.sig, "task"));
    let result = mistakes.keep(result_type(&function.sig, "task"));
    let params = mistakes.keep(Params::new(function.sig.inputs.iter_mut()))?;
    let over = mistakes.keep(Over::of_function(params.store(), &function.sig.generics))?;
    let (result, ()) = (result?, signature?);
    let (vis, name) = (&function.vis, &function.sig.ident);
    let (at, result_at) = (ours(name.span()), ours(result.span()));
    let private = options.private(at);
    let arguments = params.arguments();
    let wiring = Wiring {
        ty: quote!(#name),
        name,
        over: &over,
        params: &params,
        outcome: outcome_of(&result, options),
        has_constant: false,
        written_outcome: written_outcome(&result),
        policy: options.policy(at),
        timeout: options.timeout(at),
        options,
        body: finished(&private, quote_spanned!(at=> #name(#(#arguments),*)), &result, &function.sig),
        private,
        at,
        result_at,
    };
    let step = wiring.step();
    let task = wiring.task(&Generics::default());
    let lend = wiring.lend(&Generics::default(), &function.sig.generics);
    let wiring = options.importing(quote!(#lend #step #task));
    let docs = format!(
        "The task [`{name}`](fn@{name}) as a type: what a table names, and what the builder registers as `{name} {{}}`."
    );
    Some(quote_spanned! {at=>
        // A task is `async` also where it never waits.
        #[allow(clippy::unused_async)]
        #function

        #[doc = #docs]
        #[allow(non_camel_case_types, dead_code)]
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::default::Default)]
        #vis struct #name {}

        #wiring
    })
}

fn is_a_function_once(function: &ItemFn) -> syn::Result<()> {
    if let Some(again) = again(function) {
        return Err(Mistake::at(again, "`#[task]` stands twice").help("remove one of the two").into());
    }
    match function.sig.receiver() {
        Some(receiver) => Err(Mistake::at(receiver, "a task that is a function has no `self`")
            .help("put `#[task]` on the impl: `#[task] impl Type { async fn run(&self, ..) .. }`")
            .into()),
        None => Ok(()),
    }
}

/// The `#[task]` that is still to come.
pub(super) fn again(function: &ItemFn) -> Option<&Attribute> {
    function.attrs.iter().find(|attr| attr.path().segments.last().is_some_and(|last| last.ident == "task"))
}
