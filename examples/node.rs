//! A node: a task in three parts. With `fallible_exec` only the middle one is repeated.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use cano::prelude::*;

/// Asks a model for a summary; the model is busy at first.
#[derive(Default)]
struct Summarize {
    asked: AtomicU32,
}

#[node(fallible_exec, retry = fixed(3, "10ms"))]
impl Summarize {
    /// Reads what the work needs, once.
    async fn prep(&self, title: &str, store: &MemoryStore) -> CanoResult<String> {
        let text: String = store.get("text")?;
        Ok(format!("{title}: {text}"))
    }

    /// Does the work, without the store. A failed attempt is repeated on the same preparation.
    async fn exec(&self, prompt: &str) -> Result<String, BoxError> {
        match self.asked.fetch_add(1, Relaxed) {
            0 | 1 => Err("the model is busy".into()),
            _ => Ok(prompt.split_whitespace().take(3).collect::<Vec<_>>().join(" ")),
        }
    }

    /// Stores the result, and returns the outcome.
    async fn post(&self, summary: String, store: &MemoryStore) -> CanoResult<usize> {
        let length = summary.len();
        store.put("summary", summary)?;
        Ok(length)
    }
}

workflow! {
    enum Reading {
        #[start]
        Read { title: String } = match Summarize(title) {
            0 => Empty,
            length => Summarized { length },
        },
        #[exit] Summarized { length: usize },
        #[exit] Empty,
    }
}

#[tokio::main]
async fn main() -> CanoResult<()> {
    let store = MemoryStore::new();
    store.put("text", "all happy families are alike".to_string())?;
    let ReadingExit::Summarized { length } = Reading::run("Anna".to_string(), &store).await? else {
        panic!("there is something to summarize");
    };
    let summary: String = store.get("summary")?;
    println!("{summary}");
    assert_eq!((summary.as_str(), length), ("Anna: all happy", 15));
    Ok(())
}
