//! What the feature `tracing` costs a transition: with nobody who listens, and with a subscriber that takes it all.
//!
//! Read the ratios, not the times: `cargo bench -p cano --bench traced --features tracing`. Without the feature it is
//! another build: `cargo bench -p cano --bench transition`, group `cycle`.

#[macro_use]
mod machines;

use std::{
    hint::black_box,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use cano::prelude::*;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tracing::{Event, Metadata, Subscriber, span};

use machines::{by_hand, tables::Cycle};

const TURNS: u64 = 1_000;

/// Takes everything and keeps nothing.
#[derive(Default)]
struct Sink(AtomicU64);

impl Subscriber for Sink {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(self.0.fetch_add(1, Relaxed) + 1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        black_box(event);
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

fn traced(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let store = MemoryStore::new();
    let table = || runtime.block_on(Cycle::run(black_box(TURNS), &store)).expect("it ends");
    let mut group = criterion.benchmark_group("traced");
    group.throughput(Throughput::Elements(TURNS));
    group
        .bench_function("by hand", |bench| bench.iter(|| runtime.block_on(by_hand::cycle(black_box(TURNS)))));
    group.bench_function("no subscriber", |bench| bench.iter(table));
    tracing::subscriber::with_default(Sink::default(), || {
        group.bench_function("a sink", |bench| bench.iter(table));
    });
    group.finish();
}

criterion_group!(benches, traced);
criterion_main!(benches);
