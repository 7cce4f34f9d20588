//! While somebody types: whatever the tokens, the macros yield items and do not panic.
//!
//! The tables and tasks are those of `ui-tests`, right and wrong ones, each cut off, with a token left out and with a
//! token twice, at every place and every depth.

use std::collections::HashSet;

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::tests::sources::{sources, tables, tasks};

/// One place of a level changed: the tokens and the place's index.
type Change = fn(&[TokenTree], usize) -> Vec<TokenTree>;

const CUT_OFF: Change = |all, i| all[..i].to_vec();
const LEFT_OUT: Change = |all, i| [&all[..i], &all[i + 1..]].concat();
const TWICE: Change = |all, i| [&all[..=i], &all[i..]].concat();

/// Each stream with one place changed, in this level or in a group of it.
fn changed(tokens: &TokenStream, change: Change) -> Vec<TokenStream> {
    let all: Vec<_> = tokens.clone().into_iter().collect();
    let mut streams = Vec::new();
    for (i, token) in all.iter().enumerate() {
        streams.push(change(&all, i).into_iter().collect());
        let TokenTree::Group(group) = token else { continue };
        for inner in changed(&group.stream(), change) {
            let mut all = all.clone();
            all[i] = TokenTree::Group(Group::new(group.delimiter(), inner));
            streams.push(all.into_iter().collect());
        }
    }
    streams
}

/// What is typed, once each: many of the sources begin in the same way.
#[derive(Default)]
struct Typed(HashSet<String>);

impl Typed {
    /// Of a stream that was cut up, the tokens as they come from a source text.
    fn as_text(&mut self, tokens: &TokenStream) -> Option<TokenStream> {
        let text = tokens.to_string();
        let typed = text.parse().ok()?;
        self.0.insert(text).then_some(typed)
    }

    fn changed(&mut self, tokens: &TokenStream, change: Change) -> Vec<TokenStream> {
        changed(tokens, change).iter().filter_map(|tokens| self.as_text(tokens)).collect()
    }
}

fn assert_items(expanded: &TokenStream, of: &TokenStream) {
    assert!(syn::parse2::<syn::File>(expanded.clone()).is_ok(), "no items:\n{expanded}\nof\n{of}");
}

fn assert_tables(change: Change) {
    let mut typed = Typed::default();
    for table in sources().into_iter().flat_map(tables) {
        for table in typed.changed(&table, change) {
            assert_items(&crate::table::table(table.clone()), &table);
        }
    }
    assert!(typed.0.len() > 5_000, "only {} tables were tried", typed.0.len());
}

#[test]
fn a_table_that_is_cut_off_yields_items() {
    assert_tables(CUT_OFF);
}

#[test]
fn a_table_with_a_token_left_out_yields_items() {
    assert_tables(LEFT_OUT);
}

#[test]
fn a_table_with_a_token_twice_yields_items() {
    assert_tables(TWICE);
}

#[test]
fn whatever_is_typed_a_task_does_not_panic() {
    let mut typed = Typed::default();
    for (attribute, options, item) in sources().into_iter().flat_map(tasks) {
        let expand = if attribute == "task" { crate::task::task } else { crate::task::node };
        for change in [CUT_OFF, LEFT_OUT, TWICE] {
            for item in typed.changed(&item, change) {
                expand(options.clone(), item);
            }
            for options in changed(&options, change) {
                expand(options, item.clone());
            }
        }
    }
    assert!(typed.0.len() > 10_000, "only {} tasks were tried", typed.0.len());
}

#[test]
fn the_enum_is_there_for_any_prefix_of_its_rows() {
    let mut all_typed = Typed::default();
    for table in sources().into_iter().flat_map(tables) {
        let all: Vec<_> = table.into_iter().collect();
        let Some((TokenTree::Group(rows), header)) = all.split_last() else { continue };
        let name = header.iter().skip_while(|token| token.to_string() != "enum").nth(1);
        let Some(TokenTree::Ident(name)) = name else { continue };
        let name = format!("enum {name}");
        for cut in changed(&rows.stream(), CUT_OFF) {
            let rows = TokenTree::Group(Group::new(rows.delimiter(), cut));
            let typed: TokenStream = header.iter().cloned().chain([rows]).collect();
            let Some(typed) = all_typed.as_text(&typed) else { continue };
            let expanded = crate::table::table(typed.clone()).to_string();
            assert!(expanded.contains(&name), "no {name} for\n{typed}");
        }
    }
}

#[test]
fn two_expansions_of_one_table_are_equal() {
    for table in sources().into_iter().flat_map(tables) {
        assert_items(&crate::table::table(table.clone()), &table);
        assert_eq!(crate::table::table(table.clone()).to_string(), crate::table::table(table).to_string());
    }
}
