//! One step in each state: the task, its outcome, the next state.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{quote, quote_spanned};

use super::{Parts, alias, patterns::Outcomes};
use crate::{
    mistake::{blamed, ours},
    model::{Several, State},
};

/// The impls of the engine's traits.
pub(super) fn expand(parts: &Parts<'_>) -> TokenStream {
    let aliases = parts.states().map(|(_, state)| parts.aliases(state));
    let policies = parts.states().map(|(_, state)| parts.policy_in(state));
    let (catch, undo, hosts) = (parts.catch(), parts.undo(), parts.hosts());
    let never = parts.never_made();
    let at = parts.tasks_at();
    let private = blamed(&parts.private, at);
    let driven = parts.driven(&private, at);
    let body = quote_spanned! {at=>
        #[deny(unreachable_patterns)]
        #[allow(clippy::all, clippy::pedantic)]
        fn drive(
            __start: Self,
            __workflow: &#private::CheckedWorkflow<Self>,
            __store: &<Self as #private::States>::Store,
            __cx: &#private::Cx,
            __done: &<<Self as #private::States>::Undo as #private::Undo>::Journal,
        ) -> impl #private::Future<Output = #private::Result<<Self as #private::States>::Exit, #private::CanoError>> + ::core::marker::Send {
            #driven
        }

        #[cold]
        fn policy(&self, __tasks: &<Self as #private::States>::Tasks) -> #private::Option<#private::TaskConfig> {
            match self { #(#policies)* #never }
        }

        #catch
        #undo
        #hosts
    };
    let (undos, impls) = (parts.undos(), parts.impls(&parts.undo_type(), &body));
    let policies = parts.named_policies();
    quote!(#(#aliases)* #policies #undos #impls)
}

impl Parts<'_> {
    /// A row's `match` arm.
    pub(super) fn step_in(&self, state: &State) -> TokenStream {
        let whole = Self::whole(state);
        let Some(row) = &state.row else {
            let (private, exit_name, at) = (&self.private, &self.workflow.exit_name, self.at);
            return quote_spanned!(at=> Self::#whole => #private::Next::Exit(#exit_name::#whole),);
        };
        // That of an `any` is that of its first task; a `Vec` of outcomes has no names.
        let count = match row.several {
            Several::One | Several::Any => 1,
            Several::All => row.calls.len(),
            Several::Each(_) => 0,
        };
        let aliases: Vec<_> = (0..count).map(|k| alias("Outcome_of", state, k, self.at)).collect();
        let (_, types, _) = self.workflow.generics.split_for_impl();
        let outcomes = Outcomes {
            aliases: &aliases,
            generics: {
                let turbofish = types.as_turbofish();
                quote!(#turbofish)
            },
        };
        // Mutable, so that a route may change what it moves along.
        let fields = state.fields.iter().map(|field| &field.name);
        let fields = fields.map(|field| quote_spanned!(field.span()=> #[allow(unused_mut)] mut #field));
        let state_name = &state.name;
        let taken = quote!(#state_name { #(#fields),* });
        let result = self.result_of(state, row);
        let (next, done) = (self.route(state, row, &outcomes), self.note_done(state));
        let (times, timed) = self.row_timeout(state);
        let span = ours(row.span());
        let private = blamed(&self.private, span);
        let arms = quote_spanned! {span=>
            #private::Ok(__outcome) => {
                #done
                #private::Next::State(#next)
            }
            #private::Err(__error) => #private::Next::Failed(Self::#whole, __error),
        };
        // From the state's name to the row's end: so rustc sees that what a route moves is bound in the row, and says
        // nothing of a loop.
        let (matched, mut arms) =
            (quote_spanned!(ours(state.name.span())=> match), Group::new(Delimiter::Brace, arms));
        arms.set_span(ours(row.end));
        quote_spanned! {span=>
            Self::#taken => {
                #times
                let __result = #result;
                #timed
                #matched __result #arms
            }
        }
    }
}
