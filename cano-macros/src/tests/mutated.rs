//! Whatever the tokens, also those that only another macro can make: no panic, the same twice, items, the enum, and
//! help with every message.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use proptest::prelude::*;
use quote::quote;

use super::{
    mutation::{Mutation, mutated},
    sources::{sources, tables, tasks},
};
use crate::{
    table::table,
    task::{node, task},
};

thread_local! {
    static TABLES: Vec<TokenStream> = sources().into_iter().flat_map(tables).collect();
    static TASKS: Vec<(String, TokenStream, TokenStream)> = sources().into_iter().flat_map(tasks).collect();
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let mutation = (any::<u32>(), any::<u32>(), any::<u32>()).prop_map(|(kind, place, with)| Mutation {
        kind: kind as usize,
        place: place as usize,
        with: with as usize,
    });
    prop::collection::vec(mutation, 1..5)
}

/// `PROPTEST_CASES` takes the place of the number of cases.
fn config() -> ProptestConfig {
    let most = ProptestConfig::default();
    let cases = if most.cases == 256 { 500 } else { most.cases };
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 5_000, ..most }
}

/// The name behind the `enum` of a table, where there are rows too.
fn name(table: &TokenStream) -> Option<String> {
    let all: Vec<_> = table.clone().into_iter().collect();
    let keyword = all.iter().position(|token| matches!(token, TokenTree::Ident(word) if word == "enum"))?;
    let is_rows =
        |token: &TokenTree| matches!(token, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
    let has_hidden =
        all.iter().any(|token| matches!(token, TokenTree::Group(g) if g.delimiter() == Delimiter::None));
    match all.get(keyword + 1)? {
        TokenTree::Ident(name) if !has_hidden && all[keyword + 2..].iter().any(is_rows) => {
            syn::parse2::<syn::Ident>(quote!(#name)).ok().map(|name| name.to_string())
        }
        _ => None,
    }
}

/// The texts of the messages.
fn texts(expanded: &TokenStream) -> Vec<String> {
    let all: Vec<_> = expanded.clone().into_iter().collect();
    let texts = all.windows(3).filter_map(|three| match three {
        [TokenTree::Ident(name), _, TokenTree::Group(text)] if name == "compile_error" => {
            syn::parse2::<syn::LitStr>(text.stream()).ok()
        }
        _ => None,
    });
    texts.map(|text| text.value()).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_table_of_whatever_tokens_yields_items_and_its_enum(which in any::<usize>(), mutations in mutations()) {
        let of = TABLES.with(|all| {
            mutations.iter().fold(all[which % all.len()].clone(), |table, one| mutated(table, *one, all))
        });
        let expanded = table(of.clone());
        prop_assert_eq!(expanded.to_string(), table(of.clone()).to_string());
        prop_assert!(syn::parse2::<syn::File>(expanded.clone()).is_ok(), "no items:\n{}\nof\n{}", expanded, of);
        if let Some(name) = name(&of) {
            prop_assert!(expanded.to_string().contains(&format!("enum {name} ")), "no {}:\n{}", name, of);
        }
        for text in texts(&expanded) {
            prop_assert!(text.contains("\nhelp: "), "no help: {}\nof\n{}", text, of);
        }
    }

    #[test]
    fn a_task_of_whatever_tokens_yields_items(which in any::<usize>(), mutations in mutations()) {
        let ((name, options, item), others) = TASKS.with(|all| {
            (all[which % all.len()].clone(), all.iter().map(|task| task.2.clone()).collect::<Vec<_>>())
        });
        let (options, item) = mutations.iter().fold((options, item), |(options, item), one| {
            match one.kind % 4 {
                0 if !options.is_empty() => (mutated(options, *one, &others), item),
                _ => (options, mutated(item, *one, &others)),
            }
        });
        let expand = if name == "task" { task } else { node };
        let expanded = expand(options.clone(), item.clone());
        prop_assert_eq!(expanded.to_string(), expand(options.clone(), item.clone()).to_string());
        if syn::parse2::<syn::Item>(item.clone()).is_ok() {
            let is_file = syn::parse2::<syn::File>(expanded.clone()).is_ok();
            prop_assert!(is_file, "no items:\n{}\nof\n#[{}({})] {}", expanded, name, options, item);
        }
    }
}
