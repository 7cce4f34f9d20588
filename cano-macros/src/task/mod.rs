//! `#[task]` and `#[node]`: from a function or an impl to a step of a table and a task of the builder.

mod function;
mod implementation;
mod node;
mod options;
mod over;
mod params;
mod phases;
mod result;
mod stub;
mod wiring;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use self::options::Options;
use crate::mistake::Mistake;

/// `#[task(..)]`.
pub(crate) fn task(options: TokenStream, item: TokenStream) -> TokenStream {
    or_error(&item.clone(), || {
        let options = Options::parse(options, options::Of::Task)?;
        match syn::parse2(item)? {
            Item::Fn(function) => function::expand(&options, function),
            Item::Impl(block) if block.trait_.is_some() => implementation::of_trait(&options, block, "Task"),
            Item::Impl(block) => implementation::inherent(&options, block),
            other => Err(Mistake::at(first(&other), "`#[task]` stands on an `async fn` or on an impl")
                .help("write `#[task] async fn name(input: &Input) -> Result<Outcome, Error>`, or `#[task] impl Type { async fn run(&self, ..) .. }`")
                .into()),
        }
    })
}

/// `#[node(..)]`.
pub(crate) fn node(options: TokenStream, item: TokenStream) -> TokenStream {
    or_error(&item.clone(), || {
        let options = Options::parse(options, options::Of::Node)?;
        match syn::parse2(item)? {
            Item::Impl(block) if block.trait_.is_some() => implementation::of_trait(&options, block, "Node"),
            Item::Impl(block) => node::expand(&options, block),
            other => Err(Mistake::at(first(&other), "`#[node]` stands on an impl with `prep`, `exec` and `post`")
                .help("write `#[node] impl Type { async fn prep(&self, ..) .. async fn exec(&self, ..) .. async fn post(&self, ..) .. }`, or `#[task]` on a function")
                .into()),
        }
    })
}

/// After a mistake the item stays as it was, so that what calls it still compiles.
fn or_error(item: &TokenStream, expand: impl FnOnce() -> syn::Result<TokenStream>) -> TokenStream {
    expand().unwrap_or_else(|error| {
        let error = error.to_compile_error();
        let parsed = syn::parse2::<Item>(item.clone());
        let item = params::without_markers(item.clone());
        let Ok(parsed) = parsed else { return quote!(#error #item) };
        let stub = stub::stub(&parsed);
        match names_its_state(&parsed) {
            // Else rustc would say that an argument of the trait is missing.
            Some(false) => quote!(#error #stub),
            // Else the impl of the trait would be wrong for another reason.
            Some(true) => quote!(#error #[::cano::__private::async_trait] #item),
            None => quote!(#error #item #stub),
        }
    })
}

/// Whether an impl of `Task` or `Node` says which states it yields; `None` for anything else.
fn names_its_state(item: &Item) -> Option<bool> {
    let Item::Impl(block) = item else { return None };
    let last = block.trait_.as_ref()?.0.segments.last()?;
    (last.ident == "Task" || last.ident == "Node").then(|| !last.arguments.is_none())
}

/// An item's first tokens: the whole of it would underline too much.
fn first(item: &Item) -> TokenStream {
    quote!(#item).into_iter().take(2).collect()
}
