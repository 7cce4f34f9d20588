//! The macros of `cano`: parse → model → check → expand.
//!
//! They are documented where they are used: in the crate `cano`, which re-exports them.

mod mistake;
mod suggest;

mod generics;
mod lend;
mod store;

mod parse;

mod model;

mod cron;

mod check;

mod expand;

mod table;
mod task;

use proc_macro::TokenStream;

#[doc = include_str!("../docs/workflow.md")]
#[proc_macro]
pub fn workflow(input: TokenStream) -> TokenStream {
    table::table(input.into()).into()
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

#[cfg(test)]
mod tests;
#[cfg(test)]
mod typing;
