//! What many runs at once cost: runs of a table beside hand-written tasks that do the same, in a `JoinSet` each.
//!
//! Five states, and one short sleep in the third. Read the ratios, not the times:
//! `cargo bench -p cano --bench concurrent`. The live bytes a run, at the moment when all of them sleep, are printed
//! first.

#[path = "machines/five.rs"]
mod five;

use allocation_counter::measure;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

use five::{join_set, runtime, table};

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
