//! Types that stand behind a constant, which says first whether they are what a row needs.
//!
//! The patterns of a row name the outcome's type, and many functions that of the tasks. What is wrong with such a type
//! would be told at each place. Of a type with a constant that is wrong rustc says nothing more.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, spanned::Spanned};

use super::Parts;
use crate::{
    mistake::{blamed, ours},
    model::{State, text},
};

impl Parts<'_> {
    /// Whether there may be such a constant: it cannot mention the table's parameters.
    pub(super) fn has_constants(&self) -> bool {
        self.workflow.generics.params.is_empty()
    }

    /// The name of a task with a slot, which is that of `path`, once it is known to be one.
    pub(super) fn checked_slot(&self, task: &impl ToTokens, path: &Path) -> TokenStream {
        // With the user's own span in the constant: messages that are equal, backtraces included, are one.
        let (task, span) = (task.to_token_stream(), ours(task.span()));
        if !self.has_constants() {
            return task;
        }
        let private = blamed(&self.private, span);
        // A type says of itself whether threads can share it, unless its parameters decide that.
        let has_arguments = path.segments.iter().any(|segment| !segment.arguments.is_none());
        let of_parameters = has_arguments
            .then(|| quote_spanned!(span=> & #private::is_shared::<<#task as #private::Slot>::Instance>()));
        quote_spanned!(span=> #private::If<#task, { <#task as #private::Slot>::IS_TASK #of_parameters }>)
    }

    /// The outcome that is named so, once it is known to be one that `>> [..]` can route by its names.
    pub(super) fn checked_names(&self, outcome: &Ident) -> TokenStream {
        let span = outcome.span();
        let private = blamed(&self.private, span);
        let has_names = quote_spanned! {span=>
            #[allow(unused_imports)]
            use #private::OfAny as _;
            #private::has_names(#private::Outcome::<#outcome>::OUTCOME)
        };
        quote_spanned!(span=> <#private::If<#outcome, { #has_names }> as #private::Itself>::Type)
    }

    /// The type of a field, once it is known to be one that an `each` can go over.
    pub(super) fn checked_list(&self, state: &State, over: &Ident) -> TokenStream {
        let (span, ty) = (ours(over.span()), state.field(over).map(|field| &field.ty));
        let Some(ty) = ty.filter(|_| self.has_constants()) else {
            return quote_spanned!(span=> _);
        };
        let private = blamed(&self.private, span);
        quote_spanned!(span=> <#private::If<#ty, { #private::is_list::<#ty>() }> as #private::Itself>::Type)
    }

    /// The type of the exits, once the fields of the states are known to be such that a run can go from thread to
    /// thread: else each future that holds a state would say that it cannot.
    pub(super) fn checked_exit(&self) -> TokenStream {
        let (exit, (_, generics, _)) = (&self.workflow.exit_name, self.workflow.generics.split_for_impl());
        let exit = quote!(#exit #generics);
        let mut seen = HashSet::new();
        let fields = self.workflow.states.iter().flat_map(|state| &state.fields);
        let are_sent = fields.filter(|field| seen.insert(text(&field.ty))).map(|field| {
            let (ty, span) = (&field.ty, ours(field.ty.span()));
            let private = blamed(&self.private, span);
            quote_spanned!(span=> #private::is_sent::<#ty>())
        });
        let are_sent: Vec<_> = are_sent.collect();
        if are_sent.is_empty() || !self.has_constants() {
            return exit;
        }
        let (private, at) = (&self.private, self.at);
        quote_spanned!(at=> <#private::If<#exit, { #(#are_sent)&* }> as #private::Itself>::Type)
    }

    /// The type of what an undo is lent, once it is known that another thread may undo what this one did.
    pub(super) fn checked_undo(&self, ty: &TokenStream, span: Span) -> TokenStream {
        if !self.has_constants() {
            return ty.clone();
        }
        let private = blamed(&self.private, span);
        // One after the other: what cannot be sent often cannot be shared either.
        let sent = quote_spanned!(span=> <#private::If<#ty, { #private::is_sent::<#ty>() }> as #private::Itself>::Type);
        quote_spanned!(span=> <#private::If<#sent, { #private::is_shared::<#sent>() }> as #private::Itself>::Type)
    }

    /// The table's store, once it is known to be one that threads can share: else every row would say that it is not.
    pub(super) fn checked_store(&self) -> TokenStream {
        let Some(written) = self.workflow.store.as_ref().filter(|_| self.has_constants()) else {
            return self.store.clone();
        };
        let (store, span) = (&self.store, ours(written.span()));
        let private = blamed(&self.private, span);
        quote_spanned!(span=> <#private::If<#store, { #private::is_shared::<#store>() }> as #private::Itself>::Type)
    }
}
