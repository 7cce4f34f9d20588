//! An attempt of a node: its parts, one after the other.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::Node;
use crate::{
    mistake::{Mistakes, ours},
    task::result::{finish, returned},
};

impl Node {
    /// One attempt: all three parts.
    pub(super) fn attempt(&self) -> syn::Result<TokenStream> {
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
    pub(super) fn fallible_attempt(&self) -> syn::Result<TokenStream> {
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

    pub(super) fn prep_call(&self) -> TokenStream {
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

    pub(super) fn post_call(&self) -> syn::Result<TokenStream> {
        let (post, at) = (self.post()?, ours(self.post.function.sig.ident.span()));
        let (finish, returned) = (finish(&self.private, &self.post_result), returned(&self.post_result));
        Ok(quote_spanned! {at=>
            let #returned = #post.await;
            #finish(#returned)
        })
    }
}

/// Both, or what is wrong with either.
fn both<A, B>(first: syn::Result<A>, second: syn::Result<B>) -> syn::Result<(A, B)> {
    let mut mistakes = Mistakes::default();
    let both = mistakes.keep(first).zip(mistakes.keep(second));
    mistakes.into_result().map(|()| both.expect("there was no mistake"))
}
