//! `workflow!`: the phases in their order.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{check, expand, mistake::Mistakes, model::Workflow, parse::WrittenTable};

/// After a mistake the enum and the exits are there all the same, and impls with nothing in them.
pub(crate) fn table(input: TokenStream) -> TokenStream {
    let mut mistakes = Mistakes::default();
    let Some(written) = WrittenTable::parse(input, &mut mistakes) else {
        return quote!(#mistakes);
    };
    let workflow = Workflow::new(written, &mut mistakes);
    check::check(&workflow, &mut mistakes);
    if mistakes.is_empty() {
        return expand::expand(&workflow);
    }
    let stub = expand::expand_stub(&workflow);
    quote!(#mistakes #stub)
}
