//! `#[task]` and `#[node]`: from a function or an impl to a step of a table and a task of the builder.

mod bodies;
mod bounds;
mod function;
mod implementation;
mod node;
mod options;
mod over;
mod params;
mod result;
mod stub;
mod wiring;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, spanned::Spanned};

use self::options::Options;
use crate::mistake::{Mistake, Mistakes};

/// `#[task(..)]`.
pub(crate) fn task(options: TokenStream, item: TokenStream) -> TokenStream {
    let mut mistakes = Mistakes::default();
    let options = Options::parse(options, options::Of::Task, &mut mistakes);
    or_mistakes(item, &options, mistakes, |item, mistakes| match item {
        Item::Fn(function) => function::expand(&options, function, mistakes),
        Item::Impl(block) if block.trait_.is_some() => {
            mistakes.keep(implementation::of_trait(&options, block, "Task"))
        }
        Item::Impl(block) => implementation::inherent(&options, block, mistakes),
        other => {
            let rule = "`#[task]` stands on an `async fn` or on an impl";
            mistakes.push(Mistake::at(first(&other), rule).help(
                "write `#[task] async fn name(input: &Input) -> Result<Outcome, Error>`, \
                 or `#[task] impl Type { async fn run(&self, ..) .. }`",
            ));
            None
        }
    })
}

/// `#[node(..)]`.
pub(crate) fn node(options: TokenStream, item: TokenStream) -> TokenStream {
    let mut mistakes = Mistakes::default();
    let options = Options::parse(options, options::Of::Node, &mut mistakes);
    or_mistakes(item, &options, mistakes, |item, mistakes| match item {
        Item::Impl(block) if block.trait_.is_some() => {
            mistakes.keep(implementation::of_trait(&options, block, "Node"))
        }
        Item::Impl(block) => node::expand(&options, block, mistakes),
        other => {
            let rule = "`#[node]` stands on an impl with `prep`, `exec` and `post`";
            mistakes.push(Mistake::at(first(&other), rule).help(
                "write `#[node] impl Type { async fn prep(&self, ..) .. async fn exec(&self, ..) .. \
                 async fn post(&self, ..) .. }`, or `#[task]` on a function",
            ));
            None
        }
    })
}

/// After a mistake, in the options or in the item, the item stays as it was, so that what calls it still compiles.
fn or_mistakes(
    item: TokenStream,
    options: &Options,
    mut mistakes: Mistakes,
    expand: impl FnOnce(Item, &mut Mistakes) -> Option<TokenStream>,
) -> TokenStream {
    let parsed = mistakes.keep(bodies::parse(item.clone()));
    let expanded = parsed.clone().and_then(|item| expand(item, &mut mistakes));
    if let (Some(expanded), true) = (expanded, mistakes.is_empty()) {
        return expanded;
    }
    let Some(parsed) = parsed else {
        let stub = match bodies::parse_partly(item.clone()) {
            Some(partly) => Some(stub::stub(&partly, options, &mut mistakes)),
            None => stub::of_unread_function(&item, &mut mistakes),
        };
        return quote!(#mistakes #item #stub);
    };
    let item = params::without_markers(item);
    match names_its_state(&parsed) {
        // Else rustc would say that an argument of the trait is missing.
        Some(false) => quote!(#mistakes),
        // Else the impl of the trait would be wrong for another reason.
        Some(true) => {
            let async_trait = options.async_trait(parsed.span());
            let item = bounds::as_if_kept(item);
            let item = options.importing(quote!(#[#async_trait] #item));
            quote!(#mistakes #item)
        }
        None => {
            let stub = stub::stub(&parsed, options, &mut mistakes);
            quote!(#mistakes #item #stub)
        }
    }
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
