//! Where an error leads after the last attempt.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Pat, PatPath, spanned::Spanned};

use super::Parts;
use crate::{
    mistake::{blamed, ours},
    model::{Catch, CatchPattern, State},
};

/// The name of a type or a variant, whatever its fields are. A bare one also where it is not in scope: as a pattern it
/// would be a binding then, and rustc could not say what is missing.
fn of_its_type(pat: &Pat) -> TokenStream {
    match pat {
        Pat::Path(PatPath { path, .. })
            if path.segments.last().is_some_and(|last| is_a_type(&last.ident)) =>
        {
            quote_spanned!(path.span()=> #pat { .. })
        }
        Pat::Ident(name) if name.subpat.is_none() && is_a_type(&name.ident) => {
            quote_spanned!(name.ident.span()=> #pat { .. })
        }
        other => quote!(#other),
    }
}

/// And no constant.
fn is_a_type(name: &Ident) -> bool {
    name.to_string().contains(char::is_lowercase)
}

impl Parts<'_> {
    /// The method `catch`, where a state has one.
    pub(super) fn catch(&self) -> Option<TokenStream> {
        let (private, at) = (&self.private, self.at);
        let arms: Vec<_> = self
            .workflow
            .states
            .iter()
            .filter(|state| !state.catches.is_empty())
            .map(|state| self.catches_of(state))
            .collect();
        if arms.is_empty() {
            return None;
        }
        let rest = (arms.len() < self.workflow.states.len()).then(|| quote_spanned!(at=> _ => {}));
        Some(quote_spanned! {at=>
            #[cold]
            fn catch(self, __error: #private::CanoError) -> #private::Result<Self, #private::CanoError> {
                match self {
                    #(#arms)*
                    #rest
                }
                #[allow(unreachable_code)]
                #private::Err(__error)
            }
        })
    }

    fn catches_of(&self, state: &State) -> TokenStream {
        // Which of them the targets use is not known: a `format!` may name one in its text.
        let fields = state.fields.iter().map(|field| &field.name);
        let (name, at) = (&state.name, ours(state.name.span()));
        let catches = state.catches.iter().map(|catch| self.catch_one(catch));
        quote_spanned!(at=> Self::#name { #(#[allow(unused_variables)] #fields,)* } => { #(#catches)* })
    }

    fn catch_one(&self, catch: &Catch) -> TokenStream {
        let at = ours(catch.pattern.span());
        let private = &blamed(&self.private, at);
        let target = self.enter(&catch.target);
        match &catch.pattern {
            CatchPattern::Error { pat } => {
                let (pat, guard) = match pat {
                    Pat::Guard(guarded) => (&*guarded.pat, Some((&guarded.if_token, &guarded.guard))),
                    other => (other, None),
                };
                let pat = of_its_type(pat);
                let guard = guard.map(|(token, guard)| quote!(#token #guard));
                quote_spanned! {at=>
                    for __cause in #private::CanoError::causes(&__error) {
                        match __cause {
                            #pat #guard => return #private::Ok(#target),
                            _ => {}
                        }
                    }
                }
            }
            CatchPattern::Any { name, guard, .. } => {
                let name = name.clone().unwrap_or_else(|| format_ident!("__error", span = at));
                match guard {
                    None => quote_spanned!(at=> let #name = __error; return #private::Ok(#target);),
                    Some(guard) => quote_spanned! {at=>
                        if { let #name = &__error; #guard } {
                            // The guard has used it.
                            #[allow(unused_variables)]
                            let #name = __error;
                            return #private::Ok(#target);
                        }
                    },
                }
            }
        }
    }
}
