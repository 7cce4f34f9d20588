//! The impl of the trait `Node`, by which the builder registers a node.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Generics, parse_quote, spanned::Spanned};

use super::{Node, phases::Phase};
use crate::{
    mistake::ours,
    task::{bounds::kept, implementation::inherent_config, over::Over, params::Param, wiring::shared},
};

impl Node {
    /// For a node that needs nothing but its store.
    pub(super) fn node_impl(&self, over: &Over, own: &Generics) -> syn::Result<TokenStream> {
        let (private, ty, prep_result, at) =
            (&self.private, &self.ty, &self.prep_result, ours(self.ty.span()));
        let exec_result = self.exec.returns();
        let prepared = quote!(<#prep_result as #private::IsResult>::Ok);
        let mut generics = own.clone();
        kept(&mut generics);
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
