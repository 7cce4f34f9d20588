//! A code of the macros has a page, and the page's wrong table is a file in `fail/ours` with that message.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const INDEX: &str = include_str!("../../cano/docs/errors/README.md");
const OF_RUSTC: &str = include_str!("../../cano/docs/errors/rustc.md");
const RUSTDOC: &str = include_str!("../../cano/src/errors.rs");

#[test]
fn each_code_has_a_page_and_each_page_a_code() {
    let pages: BTreeSet<_> = pages().into_keys().collect();
    assert_eq!(codes_of_the_macros(), pages);
}

#[test]
fn the_index_names_each_page_and_its_rule() {
    let rows: Vec<_> = INDEX.lines().filter(|line| line.starts_with("| [")).collect();
    let expected: Vec<_> = pages()
        .iter()
        .map(|(code, page)| {
            let title = page.lines().next().unwrap_or_default();
            let rule = title.strip_prefix(&format!("# {code}: ")).expect("a page begins with code and rule");
            format!("| [{code}]({code}.md) | {rule} |")
        })
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn the_documentation_of_the_crate_includes_each_page() {
    let pages: BTreeSet<_> = pages().into_keys().collect();
    assert_eq!(codes(RUSTDOC).collect::<BTreeSet<_>>(), pages);
}

#[test]
fn the_wrong_table_of_a_page_is_a_file_with_the_message_of_the_page() {
    for (code, page) in pages() {
        let name = format!("fail/ours/{}", code.to_lowercase());
        let (file, stderr) = (format!("{name}.rs"), format!("{name}.stderr"));
        let wrong = unhidden(block(&page, "rust,compile_fail"));
        assert_eq!(
            read(&root().join(&file)),
            wrong,
            "{file} is the wrong table of {code}.md, hidden lines included"
        );
        let message = read(&root().join(&stderr));
        assert!(first_line(&message).ends_with(&format!(" [{code}]")), "{stderr}: {message}");
        assert_eq!(block(&page, "text"), message.replace(&file, "src/main.rs"), "the message in {code}.md");
    }
}

#[test]
fn only_the_macros_speak_in_our_messages() {
    for stderr in files(&root().join("fail/ours"), "stderr") {
        let text = read(&stderr);
        let of_rustc = ["error[E", "warning"];
        let mut theirs = text.lines().filter(|line| of_rustc.iter().any(|start| line.starts_with(start)));
        assert_eq!(theirs.next(), None, "{} belongs into fail/rustc", stderr.display());
    }
}

#[test]
fn rustc_says_what_is_translated() {
    let messages: Vec<_> =
        files(&root().join("fail/rustc"), "stderr").iter().map(|stderr| read(stderr)).collect();
    for row in OF_RUSTC.lines().filter(|line| line.starts_with("| `")) {
        let quoted = row.split(" | ").next().unwrap_or_default().split('`').skip(1).step_by(2);
        for text in quoted {
            let said =
                |message: &str| message.lines().any(|line| text.split("..").all(|part| line.contains(part)));
            assert!(messages.iter().any(|message| said(message)), "no message of fail/rustc says `{text}`");
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The files below a folder that end so.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(files(&path, end));
        } else if path.extension().is_some_and(|extension| extension == end) {
            found.push(path);
        }
    }
    found
}

fn codes_of_the_macros() -> BTreeSet<String> {
    let sources = files(&root().join("../cano-macros/src"), "rs");
    sources.iter().flat_map(|path| codes(&read(path)).collect::<Vec<_>>()).collect()
}

/// Whatever is written as `W0` and three digits.
fn codes(text: &str) -> impl Iterator<Item = String> {
    let codes = text.match_indices("W0").filter_map(|(at, _)| text.get(at..at + 5));
    codes.filter(|code| code[2..].chars().all(|c| c.is_ascii_digit())).map(str::to_owned)
}

/// The pages by their codes.
fn pages() -> BTreeMap<String, String> {
    let pages = files(&root().join("../cano/docs/errors"), "md").into_iter().filter_map(|path| {
        let name = path.file_stem()?.to_str()?.to_owned();
        name.starts_with('W').then(|| (name, read(&path)))
    });
    pages.collect()
}

/// The first block of a page that is marked so.
fn block<'a>(page: &'a str, mark: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("```{mark}\n")).expect("a page has a block of each kind");
    rest.split_once("```").expect("a block ends").0
}

/// With the lines that rustdoc hides.
fn unhidden(block: &str) -> String {
    block.lines().map(|line| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n").collect()
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
