//! The macros of `cano`: parse → model → check → expand.
//!
//! They are documented where they are used: in the crate `cano`, which re-exports them.

mod mistake;
mod suggest;

mod parse;

mod model;

mod check;

mod expand;

mod task;

use proc_macro::TokenStream;

#[doc = include_str!("../docs/workflow.md")]
#[proc_macro]
pub fn workflow(input: TokenStream) -> TokenStream {
    table(input.into()).into()
}

#[doc = include_str!("../docs/task.md")]
#[proc_macro_attribute]
pub fn task(options: TokenStream, item: TokenStream) -> TokenStream {
    task::task(options.into(), item.into()).into()
}

#[doc = include_str!("../docs/node.md")]
#[proc_macro_attribute]
pub fn node(options: TokenStream, item: TokenStream) -> TokenStream {
    task::node(options.into(), item.into()).into()
}

/// After a mistake the enum and the exits are there all the same, and impls with nothing in them.
fn table(input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let mut mistakes = mistake::Mistakes::default();
    let Some(written) = parse::WrittenTable::parse(input, &mut mistakes) else {
        return quote::quote!(#mistakes);
    };
    let workflow = model::Workflow::new(written, &mut mistakes);
    check::check(&workflow, &mut mistakes);
    if mistakes.is_empty() {
        return expand::expand(&workflow);
    }
    let stub = expand::expand_stub(&workflow);
    quote::quote!(#mistakes #stub)
}

#[cfg(test)]
mod typing;
