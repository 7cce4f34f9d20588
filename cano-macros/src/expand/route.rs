//! The state that an outcome leads to.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Member;

use super::{Parts, patterns::Outcomes};
use crate::{
    mistake::{blamed, ours},
    model::{Row, Several, State, Target, Ways},
};

impl Parts<'_> {
    /// The state that an outcome leads to.
    pub(super) fn route(&self, state: &State, row: &Row, outcomes: &Outcomes<'_>) -> TokenStream {
        // At the task's tokens, because that is where rustc says which outcomes are not routed.
        let span = ours(row.span());
        match &row.ways {
            Ways::One(target) => {
                let target = self.enter(target);
                let checks = self.one_ways(row);
                quote_spanned!(span=> { #checks #target })
            }
            Ways::Named(targets) => {
                let arms = targets.iter().map(|target| {
                    let fields =
                        self.workflow.state(target).map(|state| state.fields.as_slice()).unwrap_or_default();
                    // At the route: there it is said that a field does not fit.
                    let here = |field: &Ident| {
                        let mut field = field.clone();
                        field.set_span(field.span().located_at(target.span()));
                        field
                    };
                    let fields: Vec<_> = fields.iter().map(|field| &field.name).collect();
                    let given: Vec<_> = fields
                        .iter()
                        .filter(|field| state.field(field).is_none())
                        .map(|field| here(field))
                        .collect();
                    let fields: Vec<_> = fields.iter().map(|field| here(field)).collect();
                    let variant = outcomes.of(target, 0);
                    // The outcome's variant may have a field that moves along from the state. Else each of its fields
                    // is asked for; of a plain name rustc says that there is no such variant, and which one is near.
                    let rest = (given.len() < fields.len()).then(|| quote_spanned!(target.span()=> ..));
                    let given =
                        (!fields.is_empty()).then(|| quote_spanned!(target.span()=> { #(#given,)* #rest }));
                    quote_spanned!(target.span()=> #variant #given => Self::#target { #(#fields),* },)
                });
                quote_spanned!(span=> match __outcome { #(#arms)* })
            }
            Ways::Arms(arms) => {
                let arms = arms.iter().map(|arm| {
                    let (pat, arrow, target) =
                        (outcomes.qualify(&arm.pat), &arm.arrow, self.enter(&arm.target));
                    let attrs = &arm.attrs;
                    quote!(#(#attrs)* #pat #arrow #target,)
                });
                quote_spanned!(span=> match __outcome { #(#arms)* })
            }
        }
    }

    /// The value of the state that a route enters.
    pub(super) fn enter(&self, target: &Target) -> TokenStream {
        let values = target.values.pairs().map(|pair| {
            let (value, comma) = pair.into_tuple();
            match &value.member {
                // Of a name that is no field rustc would also say that it is no value.
                Member::Named(name) if value.colon_token.is_none() && self.lacks(&target.state, name) => {
                    let private = blamed(&self.private, ours(name.span()));
                    quote_spanned!(ours(name.span())=> #name: #private::unknown() #comma)
                }
                _ => quote!(#value #comma),
            }
        });
        target.with(quote!(#(#values)*))
    }

    fn lacks(&self, state: &Ident, field: &Ident) -> bool {
        self.workflow.state(state).is_some_and(|state| state.field(field).is_none())
    }

    /// Refuses outcomes that `>>` would drop, each at its task.
    fn one_ways(&self, row: &Row) -> TokenStream {
        let count = if matches!(row.several, Several::All) { row.calls.len() } else { 1 };
        let outcomes: Vec<_> = (0..count).map(|k| format_ident!("__outcome{k}")).collect();
        let check = match &row.several {
            Several::Each(each) if !each.partial => "one_way_each",
            _ => "one_way",
        };
        let checks = row.calls.iter().zip(&outcomes).map(|(call, outcome)| {
            let span = ours(call.span);
            let (private, outcome) = (blamed(&self.private, span), blamed(&quote!(#outcome), span));
            let check = format_ident!("{check}", span = span);
            quote_spanned!(span=> #private::#check(#outcome);)
        });
        let span = ours(row.span());
        match outcomes.as_slice() {
            [one] => quote_spanned!(span=> let #one = __outcome; #(#checks)*),
            several => quote_spanned!(span=> let (#(#several),*) = __outcome; #(#checks)*),
        }
    }
}
