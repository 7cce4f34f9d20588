//! What many runs at once cost: runs of a table beside hand-written tasks that do the same, in a `JoinSet` each.
//!
//! Five states, and one short sleep in the third. Read the ratios, not the times: `cargo bench --bench concurrent`. The
//! live bytes a run, at the moment when all of them sleep, are printed first.

use std::{hint::black_box, sync::Arc, time::Duration};

use allocation_counter::measure;
use cano::{WaitStrategy, prelude::*};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
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
    enum Five {
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
async fn join_set(runs: u64) -> Vec<Option<CanoResult<u64>>> {
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

async fn table(runs_made: u64) -> Vec<WorkflowResult<FiveExit>> {
    let starts: Vec<_> = (0..runs_made).map(|n| Five::First { n }).collect();
    let runs = Five::workflow().concurrent((starts, MemoryStore::new()));
    let (results, _) = runs.execute(WaitStrategy::WaitForever).await;
    assert!(
        matches!(results.last(), Some(WorkflowResult::Success(FiveExit::Done { n })) if *n == runs_made + 4)
    );
    results
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime")
}

/// The most bytes that were live at once, for each run: all of them sleep at some moment.
fn bytes<T>(runs: u64, work: impl Future<Output = Vec<T>>) -> u64 {
    let runtime = runtime();
    measure(|| assert_eq!(runtime.block_on(work).len() as u64, runs)).bytes_max / runs
}

fn concurrent(c: &mut Criterion) {
    for runs in [10_000, 100_000] {
        let (by_hand, table_bytes) = (bytes(runs, join_set(runs)), bytes(runs, table(runs)));
        let ratio = table_bytes as f64 / by_hand as f64;
        println!("{runs} runs: {table_bytes} live bytes a run, by hand {by_hand}: {ratio:.2}");

        let mut group = c.benchmark_group(format!("concurrent/{runs}"));
        group.throughput(Throughput::Elements(runs)).sample_size(10);
        group.bench_function("by hand", |b| b.iter(|| runtime().block_on(join_set(runs))));
        group.bench_function("table", |b| b.iter(|| runtime().block_on(table(runs))));
        group.finish();
    }
}

criterion_group!(benches, concurrent);
criterion_main!(benches);
