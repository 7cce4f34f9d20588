//! The tasks of a row: one, several at once, the first that succeeds, one over items.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Parts, alias};
use crate::{
    mistake::{blamed, ours},
    model::{Call, Each, Limit, Row, Several, State},
};

impl Parts<'_> {
    /// Their result, a `Result` of the outcome: of a tuple of several, or of a `Vec`.
    pub(super) fn result_of(&self, state: &State, row: &Row) -> TokenStream {
        match (&row.several, row.calls.as_slice()) {
            (Several::Each(each), [call, ..]) => self.call_each(state, each, call),
            (Several::Any, calls) => self.call_any(state, calls),
            (_, [call]) => self.call_one(state, call),
            (_, calls) => self.call_all(state, calls),
        }
    }

    fn call_one(&self, state: &State, call: &Call) -> TokenStream {
        let wiring = self.wiring(0, state, call, None);
        let span = ours(call.span);
        let attempt = self.attempt(0, state, call, &quote_spanned!(span=> __cx));
        quote_spanned!(span=> { #wiring #attempt })
    }

    /// One attempt, awaited: once the row's limits admit it, and within the row's timeout.
    fn attempt(&self, k: usize, state: &State, call: &Call, cx: &TokenStream) -> TokenStream {
        let span = ours(call.span);
        let (private, called) = (blamed(&self.private, span), self.call(state, k, call, cx));
        let attempt = match self.timeout_of(k, state, call) {
            None => quote_spanned!(span=> #called.await),
            Some(timeout) => quote_spanned!(span=> #private::timed(#cx, || #timeout, #called).await),
        };
        match &state.limits {
            None => attempt,
            Some((_, limits)) => limits.around(&private, cx, attempt, span),
        }
    }

    /// A closure that makes an attempt, for a task that has its own attempts within the step.
    fn attempts(&self, k: usize, state: &State, call: &Call, cx: &TokenStream) -> TokenStream {
        let span = ours(call.span);
        let private = blamed(&self.private, span);
        let policy = self.policy_of(k, state, call);
        let attempt = match (Self::sees_to_timeout(state), &state.limits) {
            (false, None) => self.call(state, k, call, cx),
            (is_of_row, _) => {
                let attempt = self.attempt(k, state, call, cx);
                let timed = Ident::new(if is_of_row { "timed_by_row" } else { "timed_by_task" }, span);
                quote_spanned!(span=> async move { #private::Cx::#timed(#cx); #attempt })
            }
        };
        quote_spanned!(span=> #private::attempts(|| #policy, #cx, || #attempt))
    }

    /// All of several tasks.
    fn call_all(&self, state: &State, calls: &[Call]) -> TokenStream {
        let at = ours(state.name.span());
        let private = blamed(&self.private, at);
        let wiring = self.branches(state, calls);
        let tasks = calls.iter().enumerate().map(|(k, call)| self.branch(k, state, call));
        quote_spanned!(at=> { #wiring #private::together!(#(#tasks);*) })
    }

    /// The first of several tasks that succeeds.
    fn call_any(&self, state: &State, calls: &[Call]) -> TokenStream {
        let at = ours(state.name.span());
        let private = blamed(&self.private, at);
        let wiring = self.branches(state, calls);
        let tasks = calls.iter().enumerate().map(|(k, call)| {
            let (task, first) = (self.branch(k, state, call), self.first_outcome(k, state, call));
            quote_spanned!(ours(call.span)=> #task, #first)
        });
        quote_spanned!(at=> { #wiring #private::any!(__cx; #(#tasks);*) })
    }

    /// The inputs and stores of several tasks, and the context of each.
    fn branches(&self, state: &State, calls: &[Call]) -> TokenStream {
        let at = ours(state.name.span());
        let private = blamed(&self.private, at);
        let branches = calls.iter().enumerate().map(|(k, call)| {
            let (cx, number) = (branch_cx(k, call), u8::try_from(k).unwrap_or(u8::MAX));
            let wiring = self.wiring(k, state, call, None);
            // A reference: it is copied into the futures.
            quote_spanned!(at=> #wiring let #cx = &#private::Cx::branch(__cx, #number);)
        });
        quote!(#(#branches)*)
    }

    /// One of several tasks, with its own attempts.
    fn branch(&self, k: usize, state: &State, call: &Call) -> TokenStream {
        let span = ours(call.span);
        let (name, cx) = (format_ident!("__task{k}", span = span), branch_cx(k, call));
        let attempts = self.attempts(k, state, call, &quote!(#cx));
        quote_spanned!(span=> #name = #cx, #attempts)
    }

    /// What makes the outcome of one of several rivals that of the first of them: nothing, or it is another type.
    fn first_outcome(&self, k: usize, state: &State, call: &Call) -> TokenStream {
        let span = ours(call.span);
        let (private, (_, types, _)) = (blamed(&self.private, span), self.workflow.generics.split_for_impl());
        let (mine, first) = (alias("Outcome_of", state, k, span), alias("Outcome_of", state, 0, span));
        quote_spanned!(span=> <#mine #types as #private::OutcomeOf<#first #types>>::of)
    }

    /// One task for each item, each with its own attempts.
    fn call_each(&self, state: &State, each: &Each, call: &Call) -> TokenStream {
        let span = ours(call.span);
        let (private, over) = (blamed(&self.private, span), &each.over);
        let at_items = ours(over.span());
        let items_private = blamed(&self.private, at_items);
        let lent = call.args.iter().flatten().map(|arg| quote_spanned!(ours(arg.span())=> let #arg = &#arg;));
        let items = {
            let list = self.checked_list(state, over);
            quote_spanned!(at_items=> #items_private::items::<#list>(&#over))
        };
        let item = quote_spanned!(at_items=> &__items[__item]);
        let (store, input) = (self.store_of(0, state, call), self.input_of(0, state, call, Some(item)));
        let attempts = self.attempts(0, state, call, &quote_spanned!(span=> __cx0));
        let gather =
            if each.partial { quote_spanned!(span=> Partial) } else { quote_spanned!(span=> AllItems) };
        let limit = self.limit(state, each);
        quote_spanned! {span=>
            {
                #store
                let __items = #items;
                #(#lent)*
                #private::each::<#private::#gather, _, _, _>(__items.len(), #limit, __cx, |__item| async move {
                    let __cx0 = &#private::Cx::for_item(__cx, __item);
                    #input
                    #private::contained!(__cx0, #attempts)
                })
                .await
            }
        }
    }

    fn limit(&self, state: &State, each: &Each) -> TokenStream {
        let (private, at) = (&self.private, self.at);
        match &each.limit {
            None => quote_spanned!(at=> #private::None),
            Some(Limit::Number(limit)) => quote_spanned!(at=> #private::NonZeroUsize::new(#limit)),
            Some(Limit::Path(_)) => {
                let name = alias("LIMIT_OF", state, 0, at);
                quote_spanned!(at=> #private::Some(#name))
            }
        }
    }

    /// A limit that is a constant, as an item: so that one of 0 is refused when the program is checked.
    pub(super) fn limit_item(&self, state: &State) -> Option<TokenStream> {
        let Some(Row { several: Several::Each(Each { limit: Some(Limit::Path(path)), .. }), .. }) =
            &state.row
        else {
            return None;
        };
        let at = ours(path.span());
        let (private, name) = (blamed(&self.private, at), alias("LIMIT_OF", state, 0, at));
        Some(quote_spanned! {at=>
            #[allow(non_upper_case_globals)]
            const #name: #private::NonZeroUsize = match #private::NonZeroUsize::new(#path) {
                #private::Some(limit) => limit,
                #private::None => ::core::panic!("the limit of an `each` is 0: none of its items would begin"),
            };
        })
    }

    /// What stands before and behind a row that sees to the timeout of its task.
    pub(super) fn row_timeout(&self, state: &State) -> (Option<TokenStream>, Option<TokenStream>) {
        let (private, at) = (&self.private, self.at);
        let is_of_run = state.row.as_ref().is_some_and(|row| matches!(row.several, Several::One));
        if !is_of_run || !Self::sees_to_timeout(state) {
            return (None, None);
        }
        (
            Some(quote_spanned!(at=> #private::Cx::timed_by_row(__cx);)),
            Some(quote_spanned!(at=> #private::Cx::timed_by_task(__cx);)),
        )
    }
}

fn branch_cx(k: usize, call: &Call) -> Ident {
    format_ident!("__cx{k}", span = ours(call.span))
}
