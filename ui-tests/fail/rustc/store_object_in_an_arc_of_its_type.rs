//! A store that is a `dyn Trait` is shared in an `Arc<dyn Trait>`, to which nothing coerces an `Arc` here.

use std::sync::Arc;

use cano::prelude::*;

trait Ledger: Send + Sync {
    fn lines(&self) -> usize;
}

struct Paper;

impl Ledger for Paper {
    fn lines(&self) -> usize {
        30
    }
}

#[task]
async fn count(store: &dyn Ledger) -> CanoResult<usize> {
    Ok(store.lines())
}

workflow! {
    #[store(dyn Ledger)]
    enum Counting {
        #[start] Count = match count { _ => Counted },
        #[exit] Counted,
    }
}

fn main() {
    drop(Counting::workflow().concurrent(vec![Arc::new(Paper)]));
    let scheduler = Scheduler::new();
    drop(scheduler.every_hours("counting", Counting::workflow().with_store(|_| Arc::new(Paper)), 1));
}
