//! `#[task] impl`, and the impls of the traits.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{GenericArgument, Generics, ImplItem, ImplItemFn, ItemImpl, PathArguments, Type, spanned::Spanned};

use super::{
    bounds::{are_kept, kept},
    options::Options,
    over::Over,
    params::Params,
    result::{check_signature, finished, outcome_of, result_type, written_outcome},
    wiring::{Wiring, has_constant, is_task, slot},
};
use crate::{
    mistake::{Mistake, Mistakes, ours},
    suggest::nearest,
};

/// `#[task] impl Type { async fn run(&self, ..) }`.
pub(super) fn inherent(
    options: &Options,
    mut block: ItemImpl,
    mistakes: &mut Mistakes,
) -> Option<TokenStream> {
    let ty = block.self_ty.clone();
    let own = block.generics.clone();
    let run = mistakes.keep(method(&mut block, "run", "a task's impl"))?;
    let is_shared = mistakes.keep(takes_self(run));
    let signature = mistakes.keep(check_signature(&run.sig, "the task's"));
    let is_plain = mistakes.keep(no_generics(run));
    let result = mistakes.keep(result_type(&run.sig, "the task's"));
    let name = run.sig.ident.clone();
    let params = mistakes.keep(Params::new(run.sig.inputs.iter_mut()))?;
    let over = Over::of_impl(params.store(), &own);
    let (result, (), (), ()) = (result?, is_shared?, signature?, is_plain?);
    let (at, result_at) = (ours(name.span()), ours(result.span()));
    let private = options.private(at);
    let arguments = params.arguments();
    let wiring = Wiring {
        ty: quote!(#ty),
        name: &name,
        over: &over,
        params: &params,
        outcome: outcome_of(&result, options),
        has_constant: has_constant(&own),
        written_outcome: written_outcome(&result),
        policy: options.policy(at),
        timeout: options.timeout(at),
        options,
        body: finished(&private, quote_spanned!(at=> <#ty>::run(self, #(#arguments),*)), &result, &run.sig),
        private: private.clone(),
        at,
        result_at,
    };
    let (step, task) = (wiring.step(), wiring.task(&own));
    let lend = wiring.lend(&own, &Generics::default());
    let slot = slot(&private, &quote!(#ty), &own, &wiring.outcome, is_task(&private, &quote!(#ty), &own));
    let wiring = options.importing(quote!(#lend #step #task #slot));
    Some(quote! {
        // A task is `async` also where it never waits.
        #[allow(clippy::unused_async)]
        #block

        #wiring
    })
}

/// `#[task] impl Task<S, Store> for Type` and `#[node] impl Node<S, Store> for Type`: as `#[async_trait]`, and a step
/// of a table.
pub(super) fn of_trait(options: &Options, mut block: ItemImpl, which: &str) -> syn::Result<TokenStream> {
    let Some((path, _)) = block.trait_.clone() else { return Ok(quote!(#block)) };
    let at = ours(path.span());
    let private = options.private(at);
    let last = path.segments.last().ok_or_else(|| Mistake::at(&path, "expected a trait"))?;
    if last.ident != which {
        let attribute = which.to_lowercase();
        return Err(Mistake::at(&path, format!("`#[{attribute}]` is for `impl {which}<..> for Type`"))
            .help(match last.ident.to_string().as_str() {
                "Task" => "write `#[task]`".to_owned(),
                "Node" => "write `#[node]`".to_owned(),
                _ => format!("write `impl {which}<State> for Type`, or an impl without a trait"),
            })
            .into());
    }
    if options.fallible_exec {
        return Err(Mistake::at(&path, "the trait `Node` has no fallible `exec`")
            .help("write `#[node(fallible_exec)] impl Type { .. }`, without the trait")
            .into());
    }
    if options.has_limits() {
        return Err(Mistake::at(&path, format!("an impl of the trait `{which}` names no limit"))
            .code("W0110")
            .help("put `#[limit(BANK)]` on the rows, or `limit_by(state, &BANK)` on the builder's workflow")
            .note("or write `impl Type { .. }` without the trait, which may name one")
            .into());
    }
    are_kept(&block.generics)?;
    let arguments: Vec<_> = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
        _ => Vec::new(),
    };
    let (Some(GenericArgument::Type(state)), store) = (arguments.first(), arguments.get(1)) else {
        return Err(Mistake::at(&path, format!("`{which}` does not say which states it yields"))
            .help(format!("write `{which}<State>`, or `{which}<State, Store>`"))
            .into());
    };
    let store = match store {
        Some(store) => quote!(#store),
        None => quote_spanned!(at=> #private::MemoryStore),
    };
    if let Some(policy) = options.given_policy(at) {
        if let Some(config) = functions(&block).find(|function| function.sig.ident == "config") {
            return Err(Mistake::at(
                &config.sig.ident,
                "the policy is said twice: by `retry` and by `config`",
            )
            .code("W0110")
            .help("remove one of the two")
            .into());
        }
        block.items.push(syn::parse_quote! {
            fn config(&self) -> #private::TaskConfig { #policy }
        });
    }
    let (ty, state) = (&block.self_ty, state.clone());
    let own = block.generics.clone();
    let trait_ = syn::Ident::new(which, path.span());
    let task = quote_spanned!(at=> <Self as #private::#trait_<#state, #store>>);
    let inherent_config = (which == "Node").then(|| inherent_config(&private, ty, &own, &task));
    let mut generics = own.clone();
    kept(&mut generics);
    generics.params.push(syn::parse_quote!(__S: ?::core::marker::Sized));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let slot = slot(&private, &quote!(#ty), &own, &quote!(#state), None);
    let timeout = options.timeout_item(at);
    let step = quote_spanned! {at=>
        #[automatically_derived]
        #[doc(hidden)]
        impl #impl_generics #private::Step<__S> for #ty #where_clause {
            type Store = #store;
            type Input<'__a> = () where Self: '__a;
            type Outcome = #state;
            #timeout

            fn config(&self) -> #private::TaskConfig {
                #task::config(self)
            }

            async fn call<'__a>(
                &'__a self,
                (): Self::Input<'__a>,
                __store: &Self::Store,
                __cx: &#private::Cx,
            ) -> #private::Result<Self::Outcome, #private::CanoError> {
                #private::timed(
                    __cx,
                    || #private::Cx::unless_timed(__cx, #task::timeout(self)),
                    #task::attempts(self, __store, __cx),
                )
                .await
            }
        }
    };
    let async_trait = options.async_trait(at);
    Ok(options.importing(quote_spanned! {at=>
        #[#async_trait]
        #block
        #step
        #slot
        #inherent_config
    }))
}

/// A node is a task as well, so `node.config()` would be ambiguous without this.
pub(super) fn inherent_config(
    private: &TokenStream,
    ty: &Type,
    own: &syn::Generics,
    task: &TokenStream,
) -> TokenStream {
    let (impl_generics, _, where_clause) = own.split_for_impl();
    let at = ours(ty.span());
    quote_spanned! {at=>
        #[automatically_derived]
        impl #impl_generics #ty #where_clause {
            /// How often a failed attempt is repeated.
            #[allow(dead_code)]
            pub fn config(&self) -> #private::TaskConfig {
                #task::config(self)
            }
        }
    }
}

/// The method of this name, or what is to be written.
pub(super) fn method<'a>(block: &'a mut ItemImpl, name: &str, of: &str) -> syn::Result<&'a mut ImplItemFn> {
    let missing = no_method(block, name, of);
    let found = block.items.iter_mut().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == name => Some(function),
        _ => None,
    });
    found.ok_or_else(|| missing.into())
}

fn no_method(block: &ItemImpl, name: &str, of: &str) -> Mistake {
    let names: Vec<_> = functions(block).map(|function| function.sig.ident.to_string()).collect();
    let near = nearest(name, names.iter().map(String::as_str));
    let near = functions(block)
        .map(|function| &function.sig.ident)
        .find(|ident| near.is_some_and(|near| *ident == near));
    let rule = format!("{of} has no `{name}`");
    match near {
        Some(near) => Mistake::at(near, rule).help(format!("did you mean `{name}`?")),
        None if name == "run" && names.iter().any(|name| name == "prep" || name == "post") => {
            Mistake::at(&block.self_ty, rule).help("write `#[node]`, which has `prep`, `exec` and `post`")
        }
        None => Mistake::at(&block.self_ty, rule).help(format!("write `async fn {name}(&self, ..)`")),
    }
}

pub(super) fn functions(block: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    })
}

pub(super) fn takes_self(function: &ImplItemFn) -> syn::Result<()> {
    use syn::ReceiverKind::Reference;
    let name = &function.sig.ident;
    match function.sig.receiver() {
        Some(receiver) if matches!(&receiver.kind, Reference(_, _, None)) => Ok(()),
        Some(receiver) => {
            Err(Mistake::at(receiver, format!("`{name}` takes `self` in a way that allows one run only"))
                .help("write `&self`; what changes belongs into the outcome or the store")
                .note("one instance serves all runs and all attempts")
                .into())
        }
        None => Err(Mistake::at(name, format!("`{name}` does not take `self`"))
            .help(format!("write `async fn {name}(&self, ..)`"))
            .into()),
    }
}

pub(super) fn no_generics(function: &ImplItemFn) -> syn::Result<()> {
    match function.sig.generics.type_params().next() {
        None => Ok(()),
        Some(param) => Err(Mistake::at(param, "a method of a task has no parameters of its own")
            .help("put the parameter on the type: `impl<T> Type<T>`")
            .into()),
    }
}
