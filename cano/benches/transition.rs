//! What a transition costs: a table and the builder beside the loop that one would write by hand, and `statig`.
//!
//! Read the ratios, not the times: `cargo bench -p cano --bench transition`. `scripts/counts` counts the instructions.

#[macro_use]
mod machines;

use std::hint::black_box;

use cano::prelude::*;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

use machines::{
    built, by_hand, events,
    events::TURNS,
    tables::{Cycle, OfNodes, Repeated, Timed, hundred, ten},
};

/// Measures runs of `$run`, each a future.
macro_rules! measure {
    ($group:expr, $name:literal, $run:expr) => {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        $group.bench_function($name, |bench| bench.iter(|| runtime.block_on($run).expect("it ends")));
    };
}

fn cycle(criterion: &mut Criterion) {
    let store = MemoryStore::new();
    let built = built::cycle();
    let mut group = criterion.benchmark_group("cycle");
    group.throughput(Throughput::Elements(TURNS));
    measure!(group, "by hand", by_hand::cycle(black_box(TURNS)));
    let noted = by_hand::Noted::default();
    measure!(group, "by hand, noted and limited", by_hand::noted_cycle(black_box(TURNS), black_box(&noted)));
    measure!(group, "table", Cycle::run(black_box(TURNS), &store));
    measure!(group, "table with retries that are not needed", Repeated::run(black_box(TURNS), &store));
    measure!(group, "table with timeouts", Timed::run(black_box(TURNS), &store));
    measure!(group, "table of nodes", OfNodes::run(black_box(TURNS), &store));
    measure!(group, "builder", async { built.orchestrate(&TURNS.into()).await });
    group.bench_function("statig", |bench| bench.iter(events::cycle::run));
    group.finish();
}

/// A line of `$states` states, once.
macro_rules! line_of {
    ($criterion:ident, $states:literal, $table:ident, $by_name:ident) => {
        let (workflow, store) = ($table::Line::workflow(), MemoryStore::new());
        let (built, built_store) = (built::line($states), 0.into());
        let mut group = $criterion.benchmark_group(format!("line of {}", $states));
        group.throughput(Throughput::Elements($states));
        measure!(group, "by hand", by_hand::$by_name::run(black_box(0)));
        let start = || $table::Line::S0 { n: black_box(0) };
        measure!(group, "table", workflow.orchestrate_from(start(), &store));
        measure!(group, "builder", built.orchestrate(&built_store));
        group.bench_function("statig", |bench| bench.iter(events::$by_name::line::run));
        group.finish();
    };
}

fn lines(criterion: &mut Criterion) {
    line_of!(criterion, 10, ten, line_of_10);
    line_of!(criterion, 100, hundred, line_of_100);
}

criterion_group!(benches, cycle, lines);
criterion_main!(benches);
