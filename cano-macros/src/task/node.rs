//! `#[node] impl Type { prep, exec, post }`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Generics, ImplItem, ItemImpl, ReturnType, Type, spanned::Spanned};

use super::{
    implementation::inherent_config,
    options::Options,
    over::Over,
    params::Param,
    phases::{MayFail, Phase, phase},
    result::{outcome_of, written_outcome},
    wiring::{Wiring, shared, slot},
};
use crate::{
    mistake::{Mistake, Mistakes, blamed, ours},
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
        let fallback = has_fallback.then(|| phase(block, "exec_fallback", MayFail::No, mistakes));
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
        let (prep_result, post_result) =
            (self.finish(self.prep_result.span()), self.finish(self.post_result.span()));
        Ok(quote_spanned! {at=>
            #private::phases! {
                __cx;
                #prep_result, #prep;
                __prepared, <#ty>::exec(self, #(#exec),*);
                #post_result, __executed, #post
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
        let finish_exec = self.finish(self.exec.function.sig.output.span());
        let (exec, post) = both(exec, self.post_call())?;
        let has_fallback = self.fallback.is_some();
        let fallback = match &self.fallback {
            None => quote_spanned!(at=> |_, __error| async move { #private::Err(__error) }),
            Some(fallback) => {
                let arguments =
                    fallback.arguments(&self.prep.params, &[quote!(__prepared), quote!(__error)])?;
                let finish = self.finish(fallback.function.sig.output.span());
                quote_spanned!(at=> |__prepared, __error| async move { #finish(<#ty>::exec_fallback(self, #(#arguments),*).await) })
            }
        };
        Ok(quote_spanned! {at=>
            #private::fallible_phases(
                __cx,
                #has_fallback,
                || async move { #prep },
                |__prepared| async move {
                    let __executed = #finish_exec(<#ty>::exec(self, #(#exec),*).await);
                    (__prepared, __executed)
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
        let finish = self.finish(self.prep_result.span());
        quote_spanned!(at=> #finish(#prep.await))
    }

    /// The future of `post`.
    fn post(&self) -> syn::Result<TokenStream> {
        let at = ours(self.post.function.sig.ident.span());
        let (ty, arguments) = (&self.ty, self.post.arguments(&self.prep.params, &[quote!(__executed)])?);
        Ok(quote_spanned!(at=> <#ty>::post(self, #(#arguments),*)))
    }

    fn post_call(&self) -> syn::Result<TokenStream> {
        let (post, at) = (self.post()?, ours(self.post.function.sig.ident.span()));
        let finish = self.finish(self.post_result.span());
        Ok(quote_spanned!(at=> #finish(#post.await)))
    }

    fn finish(&self, span: proc_macro2::Span) -> TokenStream {
        let private = blamed(&self.private, ours(span));
        quote_spanned!(ours(span)=> #private::finish)
    }

    /// The trait's impl, for a node that needs nothing but its store.
    fn node_impl(&self, over: &Over, own: &syn::Generics) -> syn::Result<TokenStream> {
        let (private, ty, prep_result, at) =
            (&self.private, &self.ty, &self.prep_result, ours(self.ty.span()));
        let mut generics = own.clone();
        let (store, clause) = match &over.concrete {
            Some(store) => (quote!(#store), shared(own, store)),
            None => {
                generics.params.push(syn::parse_quote! {
                    __S: ?::core::marker::Sized + ::core::marker::Send + ::core::marker::Sync + 'static
                });
                let clause = &own.where_clause;
                (quote!(__S), quote!(#clause))
            }
        };
        let (impl_generics, _, _) = generics.split_for_impl();
        let exec_result = match &self.exec.function.sig.output {
            ReturnType::Default => quote!(()),
            ReturnType::Type(_, ty) => quote!(#ty),
        };
        let outcome = quote_spanned!(at=> <#ty as #private::Step<()>>::Outcome);
        let (prep, post) = (self.prep_call(), self.post_call()?);
        let exec = self.exec.arguments(&self.prep.params, &[quote!(__prepared)])?;
        let detached = |phase: &Phase| {
            let uses_cx = phase.params.all.iter().any(|param| matches!(param, Param::Cx(_)));
            uses_cx.then(|| quote_spanned!(at=> let __cx = &#private::Cx::detached();))
        };
        let (prep_cx, exec_cx, post_cx) = (detached(&self.prep), detached(&self.exec), detached(&self.post));
        let attempt_store = if over.any { quote_spanned!(at=> &()) } else { quote!(__store) };
        let config = over.concrete.as_ref().map(|store| {
            let node = quote_spanned!(at=> <Self as #private::Node<#outcome, #store>>);
            inherent_config(private, ty, own, &node)
        });
        Ok(quote_spanned! {at=>
            #[automatically_derived]
            #[#private::async_trait]
            impl #impl_generics #private::Node<#outcome, #store> for #ty #clause {
                type PrepResult = <#prep_result as #private::IsResult>::Ok;
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
