//! `#[node] impl Type { prep, exec, post }`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Generics, ImplItem, ItemImpl, Type, parse_quote, spanned::Spanned};

use super::{
    implementation::inherent_config,
    options::Options,
    over::Over,
    params::{Input, Param},
    phases::{MayFail, Phase, phase},
    result::{finish, outcome_of, returned, written_outcome},
    wiring::{Wiring, shared, slot},
};
use crate::{
    mistake::{Mistake, Mistakes, ours},
    suggest::{list, nearest},
};

/// A node, read.
struct Node {
    private: TokenStream,
    ty: Type,
    prep: Phase,
    exec: Phase,
    post: Phase,
    fallback: Option<Phase>,
    prep_result: Type,
    post_result: Type,
}

pub(super) fn expand(options: &Options, mut block: ItemImpl, mistakes: &mut Mistakes) -> Option<TokenStream> {
    let node = Node::new(options, &mut block, mistakes)?;
    mistakes.keep(node.expand(options, &block))
}

impl Node {
    fn new(options: &Options, block: &mut ItemImpl, mistakes: &mut Mistakes) -> Option<Self> {
        mistakes.keep(has_parts(block))?;
        let exec_may_fail = if options.fallible_exec { MayFail::Yes } else { MayFail::No };
        let prep = phase(block, "prep", MayFail::Yes, mistakes);
        let exec = phase(block, "exec", exec_may_fail, mistakes);
        let post = phase(block, "post", MayFail::Yes, mistakes);
        let has_fallback =
            block.items.iter().any(|item| matches!(item, ImplItem::Fn(f) if f.sig.ident == "exec_fallback"));
        let fallback = has_fallback.then(|| phase(block, "exec_fallback", exec_may_fail, mistakes));
        let (prep, exec, post) = (prep?, exec?, post?);
        let fallback = match fallback {
            Some(fallback) => Some(fallback?),
            None => None,
        };
        if let Some(fallback) = fallback.as_ref().filter(|_| !options.fallible_exec) {
            mistakes.push(
                Mistake::at(&fallback.function.sig.ident, "only a fallible `exec` has a fallback")
                    .help("write `#[node(fallible_exec)]`, and let `exec` return a `Result`"),
            );
        }
        for with_store in [Some(&exec), fallback.as_ref()].into_iter().flatten() {
            if with_store.params.all.iter().any(|param| matches!(param, Param::Store(_))) {
                let name = &with_store.function.sig.ident;
                mistakes.push(
                    Mistake::at(name, format!("`{name}` has no store"))
                        .help("read what it needs in `prep`, and store what it yields in `post`"),
                );
            }
        }
        if mistakes.is_empty() && !options.fallible_exec && post_takes_the_outcome(&exec, &post) {
            mistakes.push(
                Mistake::at(exec.returns(), "`exec` returns a `Result`, and `post` takes its outcome")
                    .help("write `#[node(fallible_exec)]`, so that an `exec` that fails is attempted again")
                    .note("without it `post` is given the `Result`"),
            );
        }
        if let (Some(first), Some(second)) = (prep.params.store(), post.params.store())
            && crate::model::text(&first.ty) != crate::model::text(&second.ty)
        {
            let store = crate::model::text(&first.ty);
            mistakes.push(
                Mistake::at(&second.ty, format!("a node has one store, and `prep` asks for `{store}`"))
                    .help(format!("write `&{store}`, and let it hold or provide the other")),
            );
        }
        let ty = (*block.self_ty).clone();
        let private = options.private(ty.span());
        let (prep_result, post_result) = (prep.result.clone()?, post.result.clone()?);
        Some(Self { private, ty, prep, exec, post, fallback, prep_result, post_result })
    }

    fn expand(&self, options: &Options, block: &ItemImpl) -> syn::Result<TokenStream> {
        let own = &block.generics;
        let store = self.prep.params.store().or(self.post.params.store());
        let over = Over::of_impl(store, own);
        let (private, ty, at) = (&self.private, &self.ty, ours(self.ty.span()));
        let post_result = &self.post_result;
        let wiring = Wiring {
            ty: quote!(#ty),
            name: &self.prep.function.sig.ident,
            over: &over,
            params: &self.prep.params,
            outcome: outcome_of(post_result, options),
            written_outcome: written_outcome(post_result),
            policy: options.policy(at),
            timeout: options.timeout(at),
            options,
            body: {
                let attempt = if options.fallible_exec { self.fallible_attempt()? } else { self.attempt()? };
                quote_spanned!(at=> async move { #attempt })
            },
            private: private.clone(),
            at,
            result_at: ours(post_result.span()),
        };
        let (lend, step) = (wiring.lend(own, &Generics::default()), wiring.step());
        let slot = slot(private, &quote!(#ty), own, &wiring.outcome);
        let builder = match (options.fallible_exec, self.prep.params.inputs().next()) {
            (_, Some(_)) => TokenStream::new(),
            (true, None) => wiring.task(own),
            (false, None) => self.node_impl(&over, own)?,
        };
        let wiring = options.importing(quote!(#lend #step #slot #builder));
        Ok(quote! {
            // A part of a node is `async` also where it never waits.
            #[allow(clippy::unused_async)]
            #block

            #wiring
        })
    }

    /// One attempt: all three parts.
    fn attempt(&self) -> syn::Result<TokenStream> {
        let (private, ty, at) = (&self.private, &self.ty, ours(self.ty.span()));
        let prep = self.prep();
        let exec = self.exec.arguments(&self.prep.params, &[quote!(__prepared)]);
        let (exec, post) = both(exec, self.post())?;
        let (finish_prep, prep_returned) = (finish(private, &self.prep_result), returned(&self.prep_result));
        let (finish_post, post_returned) = (finish(private, &self.post_result), returned(&self.post_result));
        Ok(quote_spanned! {at=>
            #private::phases! {
                __cx;
                #prep, #prep_returned => #finish_prep(#prep_returned);
                __prepared, <#ty>::exec(self, #(#exec),*);
                __executed, #post, #post_returned => #finish_post(#post_returned)
            }
        })
    }

    /// One attempt of `exec`, on what `prep` yielded for the first.
    fn fallible_attempt(&self) -> syn::Result<TokenStream> {
        let (private, ty, at) = (&self.private, &self.ty, ours(self.ty.span()));
        let prep = self.prep_call();
        let prepared = match self.exec.params.inputs().next() {
            Some(input) if input.is_by_value() => {
                quote_spanned!(at=> ::core::clone::Clone::clone(&*__prepared))
            }
            _ => quote_spanned!(at=> *__prepared),
        };
        let exec = self.exec.arguments(&self.prep.params, &[prepared]);
        let (finish_exec, exec_returned) =
            (finish(private, &self.exec.returns()), returned(&self.exec.returns()));
        let (exec, post) = both(exec, self.post_call())?;
        let has_fallback = self.fallback.is_some();
        let fallback = match &self.fallback {
            None => quote_spanned!(at=> |_, __error| async move { #private::Err(__error) }),
            Some(fallback) => {
                let arguments =
                    fallback.arguments(&self.prep.params, &[quote!(__prepared), quote!(__error)])?;
                let (finish, returned) =
                    (finish(private, &fallback.returns()), returned(&fallback.returns()));
                quote_spanned! {at=>
                    |__prepared, __error| async move {
                        let #returned = <#ty>::exec_fallback(self, #(#arguments),*).await;
                        #finish(#returned)
                    }
                }
            }
        };
        Ok(quote_spanned! {at=>
            #private::fallible_phases(
                __cx,
                #has_fallback,
                || async move { #prep },
                |__prepared| async move {
                    let #exec_returned = <#ty>::exec(self, #(#exec),*).await;
                    (__prepared, #finish_exec(#exec_returned))
                },
                #fallback,
                |__executed| async move { #post },
            )
            .await
        })
    }

    /// The future of `prep`.
    fn prep(&self) -> TokenStream {
        let (ty, at, arguments) =
            (&self.ty, ours(self.prep.function.sig.ident.span()), self.prep.params.arguments());
        quote_spanned!(at=> <#ty>::prep(self, #(#arguments),*))
    }

    fn prep_call(&self) -> TokenStream {
        let (prep, at) = (self.prep(), ours(self.prep.function.sig.ident.span()));
        let (finish, returned) = (finish(&self.private, &self.prep_result), returned(&self.prep_result));
        quote_spanned! {at=>
            let #returned = #prep.await;
            #finish(#returned)
        }
    }

    /// The future of `post`.
    fn post(&self) -> syn::Result<TokenStream> {
        let at = ours(self.post.function.sig.ident.span());
        let (ty, arguments) = (&self.ty, self.post.arguments(&self.prep.params, &[quote!(__executed)])?);
        Ok(quote_spanned!(at=> <#ty>::post(self, #(#arguments),*)))
    }

    fn post_call(&self) -> syn::Result<TokenStream> {
        let (post, at) = (self.post()?, ours(self.post.function.sig.ident.span()));
        let (finish, returned) = (finish(&self.private, &self.post_result), returned(&self.post_result));
        Ok(quote_spanned! {at=>
            let #returned = #post.await;
            #finish(#returned)
        })
    }

    /// The trait's impl, for a node that needs nothing but its store.
    fn node_impl(&self, over: &Over, own: &syn::Generics) -> syn::Result<TokenStream> {
        let (private, ty, prep_result, at) =
            (&self.private, &self.ty, &self.prep_result, ours(self.ty.span()));
        let exec_result = self.exec.returns();
        let prepared = quote!(<#prep_result as #private::IsResult>::Ok);
        let mut generics = own.clone();
        // Asked where the node is registered: what cannot be sent is told of the attempt, once.
        let predicates = &mut generics.make_where_clause().predicates;
        predicates.push(parse_quote!(for<'__x> #prepared: ::core::marker::Send));
        predicates.push(parse_quote!(for<'__x> #exec_result: ::core::marker::Send));
        let store = match &over.concrete {
            Some(store) => {
                predicates.push(shared(store));
                quote!(#store)
            }
            None => {
                generics.params.push(parse_quote! {
                    __S: ?::core::marker::Sized + ::core::marker::Send + ::core::marker::Sync + 'static
                });
                quote!(__S)
            }
        };
        let (impl_generics, _, clause) = generics.split_for_impl();
        let outcome = quote_spanned!(at=> <#ty as #private::Step<()>>::Outcome);
        let (prep, post) = (self.prep_call(), self.post_call()?);
        let exec = self.exec.arguments(&self.prep.params, &[quote!(__prepared)])?;
        let detached = |phase: &Phase| {
            let uses_cx = phase.params.all.iter().any(|param| matches!(param, Param::Cx(_)));
            uses_cx.then(|| quote_spanned!(at=> let __cx = &#private::Cx::detached();))
        };
        let (prep_cx, exec_cx, post_cx) = (detached(&self.prep), detached(&self.exec), detached(&self.post));
        let attempt_store = if over.any { quote_spanned!(at=> &()) } else { quote!(__store) };
        let step = quote_spanned!(at=> <Self as #private::Step<()>>);
        let config = over.concrete.as_ref().map(|_| inherent_config(private, ty, own, &step));
        Ok(quote_spanned! {at=>
            #[automatically_derived]
            #[#private::async_trait]
            impl #impl_generics #private::Node<#outcome, #store> for #ty #clause {
                type PrepResult = #prepared;
                type ExecResult = #exec_result;

                fn config(&self) -> #private::TaskConfig {
                    <Self as #private::Step<()>>::config(self)
                }

                fn timeout(&self) -> #private::Option<#private::Duration> {
                    #private::None
                }

                async fn prep(&self, __store: &#store) -> #private::Result<Self::PrepResult, #private::CanoError> {
                    #prep_cx
                    #prep
                }

                async fn exec(&self, __prepared: Self::PrepResult) -> Self::ExecResult {
                    #exec_cx
                    <#ty>::exec(self, #(#exec),*).await
                }

                async fn post(
                    &self,
                    __store: &#store,
                    __executed: Self::ExecResult,
                ) -> #private::Result<#outcome, #private::CanoError> {
                    #post_cx
                    #post
                }

                #[inline]
                fn attempts<'__a>(
                    &'__a self,
                    __store: &'__a #store,
                    cx: &'__a #private::Cx,
                ) -> #private::Attempts<'__a, #outcome> {
                    #private::Attempts::of(move || <Self as #private::Step<()>>::call(self, (), #attempt_store, cx))
                }
            }

            #config
        })
    }
}

/// Whether all that `post` takes is what stands in the `Result` of `exec`, as with a fallible one.
fn post_takes_the_outcome(exec: &Phase, post: &Phase) -> bool {
    let outcome = written_outcome(&exec.returns()).map(|ty| crate::model::text(&ty));
    let mut types = post.params.inputs().map(Input::written_type);
    outcome.is_some() && types.next() == outcome && types.next().is_none()
}

/// Both, or what is wrong with either.
fn both<A, B>(first: syn::Result<A>, second: syn::Result<B>) -> syn::Result<(A, B)> {
    let mut mistakes = Mistakes::default();
    let both = mistakes.keep(first).zip(mistakes.keep(second));
    mistakes.into_result().map(|()| both.expect("there was no mistake"))
}

/// Several parts that are missing are one mistake, unless a name is only misspelt.
fn has_parts(block: &ItemImpl) -> syn::Result<()> {
    let names: Vec<_> = block
        .items
        .iter()
        .filter_map(|item| match item {
            ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
            _ => None,
        })
        .collect();
    let is_missing = |part: &&str| nearest(part, names.iter().map(String::as_str)).is_none();
    let missing: Vec<_> = ["prep", "exec", "post"].into_iter().filter(is_missing).collect();
    if missing.len() < 2 {
        return Ok(());
    }
    let parts = missing.iter().map(|part| format!("`async fn {part}(&self, ..)`")).collect::<Vec<_>>();
    Err(Mistake::at(&block.self_ty, format!("a node has no {}", list(missing.iter().copied())))
        .help(format!("write {}", parts.join(", ")))
        .into())
}
