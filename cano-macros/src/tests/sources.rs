//! The tables and tasks of `ui-tests`, right and wrong ones, as tokens.

use std::{fs, path::Path};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

pub(crate) fn sources() -> Vec<TokenStream> {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui-tests");
    let files = ["pass", "fail/ours", "fail/rustc"].map(|folder| fs::read_dir(ui.join(folder)).unwrap());
    let files = files.into_iter().flatten().map(|file| file.unwrap().path());
    let sources = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    sources.map(|path| fs::read_to_string(&path).unwrap().parse().unwrap()).collect()
}

/// The braces behind each `workflow!`.
pub(crate) fn tables(tokens: TokenStream) -> Vec<TokenStream> {
    let all: Vec<_> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (i, token) in all.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        if i >= 2 && all[i - 2].to_string() == "workflow" {
            found.push(group.stream());
        }
        found.extend(tables(group.stream()));
    }
    found
}

/// The items of a file that `#[task]` or `#[node]` stands on: the attribute's name, its options, the item.
pub(crate) fn tasks(tokens: TokenStream) -> Vec<(String, TokenStream, TokenStream)> {
    let all: Vec<_> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (i, token) in all.iter().enumerate() {
        let TokenTree::Group(attribute) = token else { continue };
        let mut inner = attribute.stream().into_iter();
        let name = inner.next().map(|name| name.to_string()).unwrap_or_default();
        if attribute.delimiter() != Delimiter::Bracket || !["task", "node"].contains(&name.as_str()) {
            continue;
        }
        let options = match inner.next() {
            Some(TokenTree::Group(options)) => options.stream(),
            _ => TokenStream::new(),
        };
        // Up to its body, which is the first brace behind the attribute.
        let is_body =
            |token: &TokenTree| matches!(token, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
        let Some(end) = all[i..].iter().position(is_body) else { continue };
        found.push((name, options, all[i + 1..=i + end].iter().cloned().collect()));
    }
    found
}
