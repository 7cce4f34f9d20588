//! Five states, and one short sleep in the third: many runs of it at once.

#![allow(dead_code, reason = "nobody looks at what an exit holds")]

use std::{hint::black_box, sync::Arc, time::Duration};

use cano::{WaitStrategy, prelude::*};
use tokio::{runtime::Runtime, task::JoinSet, time::sleep};

const SLEEP: Duration = Duration::from_millis(1);

#[task]
async fn add(n: &u64) -> CanoResult<u64> {
    Ok(black_box(*n) + 1)
}

#[task]
async fn rest(n: &u64) -> CanoResult<u64> {
    sleep(SLEEP).await;
    Ok(black_box(*n) + 1)
}

workflow! {
    pub(crate) enum Five {
        #[start]
        First { n: u64 } = match add(n) { n => Second { n } },
        Second { n: u64 } = match add(n) { n => Third { n } },
        Third { n: u64 } = match rest(n) { n => Fourth { n } },
        Fourth { n: u64 } = match add(n) { n => Fifth { n } },
        Fifth { n: u64 } = match add(n) { n => Done { n } },
        #[exit] Done { n: u64 },
    }
}

async fn by_hand(start: Five) -> CanoResult<u64> {
    let mut state = start;
    loop {
        state = match state {
            Five::First { n } => Five::Second { n: add(&n).await? },
            Five::Second { n } => Five::Third { n: add(&n).await? },
            Five::Third { n } => Five::Fourth { n: rest(&n).await? },
            Five::Fourth { n } => Five::Fifth { n: add(&n).await? },
            Five::Fifth { n } => Five::Done { n: add(&n).await? },
            Five::Done { n } => return Ok(n),
        };
    }
}

/// What the table's runs are beside: the same inputs, results in the order of the inputs.
pub(crate) async fn join_set(runs: u64) -> Vec<Option<CanoResult<u64>>> {
    let store = Arc::new(MemoryStore::new());
    let mut set = JoinSet::new();
    let mut results: Vec<_> = (0..runs).map(|_| None).collect();
    for n in 0..runs {
        let store = Arc::clone(&store);
        set.spawn(async move {
            let end = by_hand(Five::First { n }).await;
            drop(store);
            (n, end)
        });
    }
    while let Some(ended) = set.join_next().await {
        let (n, end) = ended.expect("nothing panics");
        results[usize::try_from(n).expect("a small number")] = Some(end);
    }
    results
}

pub(crate) async fn table(runs: u64) -> Vec<WorkflowResult<FiveExit>> {
    let starts: Vec<_> = (0..runs).map(|n| Five::First { n }).collect();
    let runs = Five::workflow().concurrent((starts, MemoryStore::new()));
    runs.execute(WaitStrategy::WaitForever).await.0
}

pub(crate) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime")
}
