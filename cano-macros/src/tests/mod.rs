//! Each phase on its own, as a specification: text in, and what came of it as text.

mod check;
mod cron;
mod expand;
mod model;
mod mutated;
mod mutation;
mod parse;
pub(crate) mod sources;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::{mistake::Mistakes, model::Workflow, parse::WrittenTable};

fn tokens(text: &str) -> TokenStream {
    text.parse().expect(text)
}

fn parsed(table: &str) -> (Option<WrittenTable>, Mistakes) {
    let mut mistakes = Mistakes::default();
    (WrittenTable::parse(tokens(table), &mut mistakes), mistakes)
}

fn modelled(table: &str) -> (Workflow, Mistakes) {
    let (written, mut mistakes) = parsed(table);
    (Workflow::new(written.expect(table), &mut mistakes), mistakes)
}

/// The messages within `expanded`, each without its `help` and its `note`.
fn messages(expanded: &impl ToTokens) -> Vec<String> {
    let expanded = quote!(#expanded).into_iter().collect::<Vec<_>>();
    let texts = expanded.windows(3).filter_map(|three| match three {
        [TokenTree::Ident(name), _, TokenTree::Group(text)] if name == "compile_error" => {
            syn::parse2::<syn::LitStr>(text.stream()).ok()
        }
        _ => None,
    });
    texts.map(|text| text.value().lines().next().unwrap_or_default().to_owned()).collect()
}
