//! The impls that a task has, whichever way it was written.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Generics, Ident, Type, WherePredicate, parse_quote, spanned::Spanned};

use super::{bounds::kept, options::Options, over::Over, params::Params};
use crate::{
    lend::{input_type, lend},
    mistake::{blamed, ours},
};

/// A task, for its impls.
pub(super) struct Wiring<'a> {
    pub(super) private: TokenStream,
    pub(super) ty: TokenStream,
    /// Of the function that has the inputs.
    pub(super) name: &'a Ident,
    pub(super) over: &'a Over,
    pub(super) params: &'a Params,
    pub(super) outcome: TokenStream,
    /// Whether a constant of it says that threads can share it: else nothing more is said of its outcome.
    pub(super) has_constant: bool,
    /// The outcome as it is written: the first parameter of `Result<Outcome, Error>`.
    pub(super) written_outcome: Option<Type>,
    pub(super) policy: TokenStream,
    /// How long an attempt may take, an expression of `Option<Duration>`, where that may be limited.
    pub(super) timeout: Option<TokenStream>,
    /// Which limits an attempt has.
    pub(super) options: &'a Options,
    /// The attempt, an expression of a future of `Result<Outcome, CanoError>`.
    pub(super) body: TokenStream,
    /// Where code stands that is blamed on nothing else: at the task's name.
    pub(super) at: Span,
    /// At the type that its function returns.
    pub(super) result_at: Span,
}

impl Wiring<'_> {
    /// What a row lends fields by. `own` are the generics of the type, `free` those that only the store decides.
    pub(super) fn lend(&self, own: &Generics, free: &Generics) -> TokenStream {
        lend(&self.ty, own, &self.params.lent(free), self.name)
    }

    /// What a table calls.
    pub(super) fn step(&self) -> TokenStream {
        let Self { private, ty, over, params, policy, at, .. } = self;
        let attempt = self.attempt();
        let (result, timeout) = (self.result(), self.options.timeout_item(*at));
        let (impl_generics, _, where_clause) = over.generics.split_for_impl();
        let (of, store) = (&over.of, &over.store);
        let (inputs, input_pattern) = (params.input_type(), params.input_pattern());
        // Where they are written: there rustc says that one is more private than the task.
        let store_type = quote_spanned!(ours(store.span())=> type Store = #store;);
        let input = input_type(&inputs, params.input_spans(), *at);
        let outcome = self.checked_outcome();
        let outcome_type = quote_spanned!(self.result_at=> type Outcome = #outcome;);
        quote_spanned! {*at=>
            #[automatically_derived]
            #[doc(hidden)]
            #[allow(clippy::all, clippy::pedantic)]
            impl #impl_generics #private::Step<#of> for #ty #where_clause {
                #store_type
                #input
                #outcome_type
                #timeout

                fn config(&self) -> #private::TaskConfig {
                    #policy
                }

                // No `async fn`: the future would keep what the task does not use, and its arguments twice.
                #[inline]
                #[allow(unused_variables)]
                fn call<'__a>(
                    &'__a self,
                    __input: Self::Input<'__a>,
                    __store: &Self::Store,
                    __cx: &#private::Cx,
                ) -> impl #private::Future<Output = #result> + ::core::marker::Send {
                    let #input_pattern = __input;
                    #attempt
                }
            }
        }
    }

    /// The outcome, once its task is known to be one that threads can share.
    fn checked_outcome(&self) -> TokenStream {
        let Self { ty, outcome, result_at, .. } = self;
        if !self.has_constant {
            return outcome.clone();
        }
        let private = blamed(&self.private, *result_at);
        let is_task = quote_spanned!(*result_at=> <#ty as #private::Slot>::IS_TASK);
        quote_spanned!(*result_at=> <#private::If<#outcome, { #is_task }> as #private::Itself>::Type)
    }

    /// The future of an attempt, within its timeout unless the row sees to that.
    fn attempt(&self) -> TokenStream {
        let Self { private, timeout, options, body, at, .. } = self;
        let timed = match timeout {
            None => body.clone(),
            Some(timeout) => quote_spanned! {*at=>
                #private::timed(__cx, move || #private::Cx::unless_timed(__cx, #timeout), #body)
            },
        };
        // Round the timeout: the wait for a limit is no part of the attempt.
        options.limited(timed, *at)
    }

    /// What an attempt yields, said at the type that the function returns.
    fn result(&self) -> TokenStream {
        let private = blamed(&self.private, self.result_at);
        quote_spanned!(self.result_at=> #private::Result<Self::Outcome, #private::CanoError>)
    }

    /// What the builder registers: only a task that has no inputs, over one store or any.
    pub(super) fn task(&self, own: &Generics) -> TokenStream {
        let Self { private, ty, over, at, result_at, .. } = self;
        if self.params.inputs().next().is_some() {
            return TokenStream::new();
        }
        let mut generics = own.clone();
        kept(&mut generics);
        let (impl_generics, _, where_clause) = generics.split_for_impl();
        let step = quote_spanned!(*at=> <Self as #private::Step<()>>);
        let result_private = blamed(private, *result_at);
        let outcome = quote_spanned!(*result_at=> <Self as #result_private::Step<()>>::Outcome);
        if over.any {
            return quote_spanned! {*at=>
                #[automatically_derived]
                #[doc(hidden)]
                impl #impl_generics #private::AnyStoreTask for #ty #where_clause {
                    type Outcome = #outcome;

                    fn config(&self) -> #private::TaskConfig {
                        #step::config(self)
                    }

                    #[inline]
                    fn attempts<'__a>(
                        &'__a self,
                        cx: &'__a #private::Cx,
                    ) -> #private::Attempts<'__a, #outcome> {
                        #private::Attempts::of(move || #step::call(self, (), &(), cx))
                    }
                }
            };
        }
        // A header with a projection would overlap with "every node is a task", so the type has to be seen.
        let (Some(store), Some(outcome)) = (&over.concrete, &self.written_outcome) else {
            return TokenStream::new();
        };
        generics.make_where_clause().predicates.push(shared(store));
        let (impl_generics, _, clause) = generics.split_for_impl();
        quote_spanned! {*at=>
            #[automatically_derived]
            impl #impl_generics #private::Task<#outcome, #store> for #ty #clause {
                fn config(&self) -> #private::TaskConfig {
                    #step::config(self)
                }

                fn timeout(&self) -> #private::Option<#private::Duration> {
                    #private::None
                }

                fn run<'__s, '__t, '__f>(
                    &'__s self,
                    store: &'__t #store,
                ) -> #private::BoxFuture<'__f, #private::Result<#outcome, #private::CanoError>>
                where
                    '__s: '__f,
                    '__t: '__f,
                    Self: '__f,
                {
                    #private::Box::pin(async move {
                        let cx = #private::Cx::detached();
                        #step::call(self, (), store, &cx).await
                    })
                }

                #[inline]
                fn attempts<'__a>(
                    &'__a self,
                    store: &'__a #store,
                    cx: &'__a #private::Cx,
                ) -> #private::Attempts<'__a, #outcome> {
                    #private::Attempts::of(move || #step::call(self, (), store, cx))
                }
            }
        }
    }
}

/// The builder's store is shared between threads. That is asked where the task is registered, not here: a table may
/// have another.
pub(super) fn shared(store: &TokenStream) -> WherePredicate {
    parse_quote!(for<'__x> #store: ::core::marker::Send + ::core::marker::Sync)
}

/// The value behind a task's name in a row is the task itself.
pub(super) fn slot(
    private: &TokenStream,
    ty: &TokenStream,
    own: &Generics,
    outcome: &TokenStream,
    is_task: Option<TokenStream>,
) -> TokenStream {
    let (impl_generics, _, where_clause) = own.split_for_impl();
    let at = ours(ty.span());
    let is_task = is_task.map(|is_task| quote_spanned!(at=> const IS_TASK: bool = #is_task;));
    quote_spanned! {at=>
        #[automatically_derived]
        #[doc(hidden)]
        impl #impl_generics #private::Slot for #ty #where_clause {
            type Instance = Self;
            type Outcome = #outcome;
            #is_task
        }
    }
}

/// What a type says of itself: whether threads can share it.
pub(super) fn is_task(private: &TokenStream, ty: &TokenStream, own: &Generics) -> Option<TokenStream> {
    has_constant(own).then(|| quote_spanned!(ours(ty.span())=> #private::is_shared::<Self>()))
}

/// Whether there may be a constant of the type: it would have to hold for all parameters.
pub(super) fn has_constant(own: &Generics) -> bool {
    own.params.is_empty()
}
