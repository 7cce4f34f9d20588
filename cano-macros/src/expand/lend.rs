//! What a row lends to its task.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};

use super::{Parts, alias};
use crate::{
    generics::mentioned,
    mistake::ours,
    model::{Call, Instance, State},
};

/// For so many fields there is a trait `Lend`.
const MOST_LENT: usize = 12;

impl Parts<'_> {
    /// References to the fields, by the `__lend` of what the row names.
    pub(super) fn lent(
        &self,
        state: &State,
        k: usize,
        call: &Call,
        item: Option<TokenStream>,
    ) -> TokenStream {
        let span = ours(call.span);
        // What an undo and the task of an `each` are lent are references by then: another one would show in messages.
        let is_undo = state.row.as_ref().is_some_and(|row| k >= row.calls.len());
        let by = (item.is_none() && !is_undo).then_some(());
        let fields: Vec<_> = match &call.args {
            Some(args) => args
                .iter()
                .map(|arg| {
                    let by = by.map(|()| quote_spanned!(arg.span()=> &));
                    quote_spanned!(arg.span()=> #by #arg)
                })
                .collect(),
            None => state
                .fields
                .iter()
                .map(|field| {
                    // At the field, which says what is lent where no name is written.
                    let name = &field.name;
                    let by = by.map(|()| quote_spanned!(name.span()=> &));
                    quote_spanned!(span=> #by #name)
                })
                .collect(),
        };
        let fields: Vec<_> = item.into_iter().chain(fields).collect();
        // Where the user wrote brackets rustc may propose what to write there.
        let args_span = if call.args.is_some() { call.args_span } else { span };
        let tuple = fields.len() > MOST_LENT;
        let comma = tuple.then(|| quote_spanned!(span=> ,));
        let mut lent = Group::new(Delimiter::Parenthesis, quote_spanned!(span=> #(#fields),* #comma));
        lent.set_span(if tuple { ours(call.args_span) } else { args_span });
        let lent = TokenTree::Group(lent);
        if tuple {
            return quote!(#lent);
        }
        let (lender, task) = (self.lender(state, k, call), &call.task);
        let generics = mentioned(&self.workflow.generics, &quote!(#task));
        let (_, types, _) = generics.split_for_impl();
        let name_span = if call.args.is_some() { call.span } else { span };
        let (private, fallback) = (&self.private, format_ident!("Lend{}", fields.len(), span = self.at));
        let at = self.at;
        // The trait is in scope here alone: two of them, for different counts, would be ambiguous.
        let fallback = quote_spanned!(at=> #[allow(unused_imports)] use #private::#fallback as _;);
        quote_spanned!(name_span=> { #fallback <#lender #types>::__lend #lent })
    }

    /// What the row names, by an alias: the task itself, or what has a slot.
    pub(super) fn lender(&self, state: &State, k: usize, call: &Call) -> Ident {
        let prefix = if matches!(call.instance, Instance::Function) { "Task_of" } else { "Named_of" };
        alias(prefix, state, k, ours(call.span))
    }
}
