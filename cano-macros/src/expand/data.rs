//! The table as data.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::Parts;
use crate::model::{State, text, unraw};

impl Parts<'_> {
    /// The constant's value.
    pub(super) fn table(&self) -> TokenStream {
        let (private, workflow, at) = (&self.private, self.workflow, self.at);
        let (name, docs) = (unraw(&workflow.name), &workflow.docs);
        let states = workflow.states.iter().map(|state| self.table_state(state));
        let schedule = workflow
            .schedule
            .as_ref()
            .map(|_| quote_spanned!(at=> .with_schedule(<Self as #private::Scheduled>::SCHEDULE)));
        quote_spanned!(at=> &#private::Table::new(#name, #docs, &[#(#states),*])#schedule)
    }

    /// Its own schedule, if it says one.
    pub(super) fn schedule_impl(&self) -> Option<TokenStream> {
        let (private, name, at) = (&self.private, &self.workflow.name, self.at);
        let (impl_generics, type_generics, where_clause) = self.workflow.generics.split_for_impl();
        let schedule = self.workflow.schedule.as_ref()?;
        let (expression, zone) = (&schedule.expression, schedule.zone.iter());
        Some(quote_spanned! {at=>
            #[automatically_derived]
            #[doc(hidden)]
            impl #impl_generics #private::Scheduled for #name #type_generics #where_clause {
                const SCHEDULE: #private::TableSchedule =
                    #private::TableSchedule::new(#expression)#(.with_zone(#zone))*;
            }
        })
    }

    fn table_state(&self, state: &State) -> TokenStream {
        let (private, at) = (&self.private, self.at);
        let (name, docs) = (unraw(&state.name), &state.docs);
        let kind = match (&state.exit, &state.start) {
            (Some(_), _) => quote_spanned!(at=> Exit),
            (None, Some(_)) => quote_spanned!(at=> Start),
            (None, None) => quote_spanned!(at=> Inner),
        };
        let fields = state.fields.iter().map(|field| unraw(&field.name));
        let tasks = state.row.iter().flat_map(|row| &row.calls).map(|call| call.name());
        let outcomes = state.row.iter().flat_map(|row| row.routes()).map(|(to, on)| {
            let to = unraw(to);
            quote_spanned!(at=> #private::Transition::new(#on, #to, #private::TransitionKind::Outcome))
        });
        let catches = state.catches.iter().map(|catch| {
            let (on, to) = (text(catch.pattern.pat()), unraw(&catch.target.state));
            quote_spanned!(at=> #private::Transition::new(#on, #to, #private::TransitionKind::Catch))
        });
        let undo = state.undo.as_ref().map(|(_, call)| call.name());
        let undo = undo.map(|undo| quote_spanned!(at=> .with_undo(#undo)));
        quote_spanned! {at=>
            #private::TableState::new(
                #name,
                #docs,
                #private::StateKind::#kind,
                &[#(#fields),*],
                &[#(#tasks),*],
                &[#(#outcomes,)* #(#catches,)*],
            )#undo
        }
    }
}
