//! The fields that no row uses, so that rustc warns of them.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::{Attribute, Fields};

use super::Parts;
use crate::{
    mistake::ours,
    model::{State, Ways, Workflow, sets_lints, unraw},
};

impl Parts<'_> {
    /// A second enum, with these fields alone, which nobody reads. The first one is read and put together again by our
    /// own code, so there rustc would be silent about them.
    pub(super) fn unused_fields(&self) -> Option<TokenStream> {
        let workflow = self.workflow;
        let unused: Vec<_> = workflow.states.iter().filter_map(|state| Unused::of(workflow, state)).collect();
        if unused.is_empty() {
            return None;
        }
        // With the user's own spans: rustc is silent about what a macro declares.
        let (at, name, lints) = (workflow.name.span(), &workflow.name, lint_levels(&workflow.attrs));
        let (variants, values) = (unused.iter().map(Unused::variant), unused.iter().map(Unused::value));
        Some(quote_spanned! {at=>
            #[allow(nonstandard_style, clippy::all, clippy::pedantic)]
            const _: () = {
                #(#lints)*
                enum #name { #(#variants,)* }
                const _: &[#name] = &[#(#name::#values,)*];
            };
        })
    }
}

/// A state with fields that its row does not use.
struct Unused<'a> {
    state: &'a State,
    fields: Vec<&'a syn::Field>,
}

impl<'a> Unused<'a> {
    fn of(workflow: &Workflow, state: &'a State) -> Option<Self> {
        let (Some(_), Fields::Named(fields)) = (&state.row, &state.written_fields) else { return None };
        let is_unused = |field: &&syn::Field| {
            field.ident.as_ref().is_some_and(|name| !is_lent(state, name) && !is_moved(workflow, state, name))
        };
        let fields: Vec<_> = fields.named.iter().filter(is_unused).collect();
        (!fields.is_empty()).then_some(Self { state, fields })
    }

    fn variant(&self) -> TokenStream {
        let (name, lints) = (&self.state.name, lint_levels(&self.state.attrs));
        let fields = self.fields.iter().map(|field| {
            let (name, lints) = (&field.ident, lint_levels(&field.attrs));
            let here = name.as_ref().map_or(self.state.name.span(), Ident::span);
            quote_spanned!(here=> #(#lints)* #name: ())
        });
        quote_spanned!(name.span()=> #(#lints)* #name { #(#fields),* })
    }

    fn value(&self) -> TokenStream {
        let (name, fields) = (&self.state.name, self.fields.iter().map(|field| &field.ident));
        quote_spanned!(ours(name.span())=> #name { #(#fields: ()),* })
    }
}

/// A call without arguments is lent all.
fn is_lent(state: &State, field: &Ident) -> bool {
    let is_item = state.row.as_ref().is_some_and(|row| row.lends().any(|lent| lent == field));
    is_item || state.calls().any(|call| call.args.as_ref().is_none_or(|args| args.contains(field)))
}

fn is_moved(workflow: &Workflow, state: &State, field: &Ident) -> bool {
    let by_row = state.row.as_ref().is_some_and(|row| match &row.ways {
        Ways::One(target) => says(target.values.to_token_stream(), field),
        Ways::Named(targets) => {
            targets.iter().any(|target| workflow.state(target).is_some_and(|to| to.field(field).is_some()))
        }
        Ways::Arms(arms) => arms.iter().any(|arm| {
            says(arm.pat.to_token_stream(), field) || says(arm.target.values.to_token_stream(), field)
        }),
    });
    by_row || state.catches.iter().any(|catch| says(catch.to_token_stream(), field))
}

/// Whether `tokens` mention a field, in a text of a `format!` too. A binding of its name may hide it, but better no
/// warning than a wrong one.
fn says(tokens: TokenStream, field: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == *field,
        TokenTree::Literal(literal) => literal.to_string().contains(&unraw(field)),
        TokenTree::Group(group) => says(group.stream(), field),
        TokenTree::Punct(_) => false,
    })
}

fn lint_levels(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs.iter().filter(|attr| sets_lints(attr))
}
