//! A table as a picture: for Mermaid, for Graphviz, and as SVG.
//!
//! ```text
//! cargo run --example graph --features svg -- [DIRECTORY]
//! ```
//!
//! The files go to the directory, or to that for temporary files.

use std::{env, fs, path::PathBuf};

use cano::prelude::*;

enum Page {
    Text(String),
    Busy,
    Moved(String),
}

#[task(retry = none)]
async fn fetch(url: &str, visit: u32) -> std::io::Result<Page> {
    Ok(match (url, visit) {
        ("old", _) => Page::Moved("new".to_owned()),
        (_, 0) => Page::Busy,
        ("gone", _) => return Err(std::io::ErrorKind::NotFound.into()),
        (url, _) => Page::Text(format!("the text of {url}")),
    })
}

#[task]
async fn count_words(text: &str) -> CanoResult<usize> {
    Ok(text.split_whitespace().count())
}

#[task]
async fn is_advertising(text: &str) -> CanoResult<bool> {
    Ok(text.contains("buy now"))
}

#[task]
async fn note_move(url: &str, store: &MemoryStore) -> Result<(), StoreError> {
    store.append("moves", url.to_owned())
}

workflow! {
    /// Reads a page, however often it moves.
    enum Crawl {
        /// Asks for the page, again if the server is busy.
        #[start]
        #[catch(std::io::Error { .. } => Lost)]
        Fetch { url: String, visit: u32 } = match fetch(url, visit) {
            Text(text) => Weigh { text },
            Busy => Fetch { url, visit: visit + 1 },
            Moved(url) => Follow { url },
        },
        Follow { url: String } = note_move(url) >> Fetch { url, visit: 0 },
        /// Counts the words and looks for advertising, both at once.
        Weigh { text: String } = match (count_words(text), is_advertising(text)) {
            (0, _) | (_, true) => Skipped,
            (words, false) => Kept { words },
        },
        /// A page with something to read.
        #[exit] Kept { words: usize },
        #[exit] Skipped,
        /// The server knows no such page.
        #[exit] Lost,
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::new();
    assert!(matches!(Crawl::run("old".to_owned(), 0, &store).await?, CrawlExit::Kept { words: 4 }));
    assert!(matches!(Crawl::run("gone".to_owned(), 0, &store).await?, CrawlExit::Lost));

    let table = Crawl::TABLE;
    let directory = env::args_os().nth(1).map_or_else(env::temp_dir, PathBuf::from);
    for (name, picture) in
        [("crawl.mmd", table.to_mermaid()), ("crawl.dot", table.to_dot()), ("crawl.svg", table.to_svg())]
    {
        for part in
            ["Reads a page, however often it moves.", "Follow", "Weigh", "Moved(url)", "(words, false)"]
        {
            assert!(picture.contains(part), "`{part}` is not in {name}");
        }
        let path = directory.join(name);
        fs::write(&path, picture)?;
        println!("wrote {}", path.display());
    }
    Ok(())
}
