//! What a transition costs: the table and the builder beside the loop that one would write by hand.
//!
//! Read the ratios, not the times: `cargo bench --bench transition`.

use std::hint::black_box;

use cano::prelude::*;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// How many transitions a run makes.
const TURNS: u64 = 1_000;

enum Turn {
    On(u64),
    Enough(u64),
}

fn turn(n: u64) -> Turn {
    if n < TURNS { Turn::On(n + 1) } else { Turn::Enough(n) }
}

#[task]
async fn there(n: &u64) -> Result<Turn, CanoError> {
    Ok(turn(black_box(*n)))
}

#[task]
async fn back(n: &u64) -> Result<Turn, CanoError> {
    Ok(turn(black_box(*n)))
}

workflow! {
    enum Cycle {
        #[start]
        There { n: u64 } = match there(n) {
            On(n) => Back { n },
            Enough(n) => Done { n },
        },
        Back { n: u64 } = match back(n) {
            On(n) => There { n },
            Enough(n) => Done { n },
        },
        #[exit] Done { n: u64 },
    }
}

async fn by_hand(start: Cycle) -> Result<u64, CanoError> {
    let mut state = start;
    loop {
        state = match state {
            Cycle::There { n } => match there(&n).await? {
                Turn::On(n) => Cycle::Back { n },
                Turn::Enough(n) => Cycle::Done { n },
            },
            Cycle::Back { n } => match back(&n).await? {
                Turn::On(n) => Cycle::There { n },
                Turn::Enough(n) => Cycle::Done { n },
            },
            Cycle::Done { n } => return Ok(n),
        };
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Built {
    There(u64),
    Back(u64),
    Done,
}

/// The builder's states are looked up, so a run of it moves between two of them.
struct Step {
    n: std::sync::atomic::AtomicU64,
    next: Built,
}

#[async_trait]
impl Task<Built> for Step {
    async fn run(&self, _: &MemoryStore) -> Result<Built, CanoError> {
        let n = self.n.fetch_add(2, std::sync::atomic::Ordering::Relaxed);
        Ok(if black_box(n) < TURNS { self.next } else { Built::Done })
    }
}

fn built() -> Workflow<Built> {
    let mut workflow = Workflow::new(Built::There(0));
    let step = |n: u64, next| Step { n: n.into(), next };
    workflow
        .register(Built::There(0), step(0, Built::Back(0)))
        .register(Built::Back(0), step(1, Built::There(0)))
        .add_exit_state(Built::Done);
    workflow
}

fn transitions(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let store = MemoryStore::new();
    let mut group = criterion.benchmark_group("transition");
    group.throughput(Throughput::Elements(TURNS));
    group.bench_function("by hand", |bench| {
        bench.iter(|| runtime.block_on(by_hand(Cycle::There { n: black_box(0) })).expect("it ends"));
    });
    let table = Cycle::workflow();
    group.bench_function("table", |bench| {
        bench.iter(|| {
            let run = table.orchestrate_from(Cycle::There { n: black_box(0) }, &store);
            match runtime.block_on(run).expect("it ends") {
                CycleExit::Done { n } => n,
            }
        });
    });
    group.bench_function("builder", |bench| {
        bench.iter_batched(
            built,
            |workflow| runtime.block_on(workflow.orchestrate(&store)).expect("it ends"),
            criterion::BatchSize::SmallInput,
        );
    });
    group.finish();
}

criterion_group!(benches, transitions);
criterion_main!(benches);
