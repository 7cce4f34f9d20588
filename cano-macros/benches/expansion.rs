//! What the expansion of a table costs, by its number of states and by what its rows are:
//! `cargo bench --bench expansion`.
//!
//! The throughput is in states: where it stays the same from 10 to 500 states, the macro is linear. This is the macro
//! alone, optimised; `scripts/check-time` has the whole compiler in it.

#![allow(unused_imports, dead_code, reason = "the phases' own tests, which are not run here")]

use std::{fmt::Write, hint::black_box};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use proc_macro2::TokenStream;

extern crate proc_macro;

// The crate of the macros exports nothing but macros, so its phases are compiled into the bench.
#[path = "../src/mistake.rs"]
mod mistake;
#[path = "../src/suggest.rs"]
mod suggest;

#[path = "../src/generics.rs"]
mod generics;
#[path = "../src/lend.rs"]
mod lend;
#[path = "../src/store.rs"]
mod store;

#[path = "../src/parse/mod.rs"]
mod parse;

#[path = "../src/model/mod.rs"]
mod model;

#[path = "../src/cron/mod.rs"]
mod cron;

#[path = "../src/check/mod.rs"]
mod check;

#[path = "../src/expand/mod.rs"]
mod expand;

#[path = "../src/table.rs"]
mod table;
#[path = "../src/task/mod.rs"]
mod task;

/// The row of state `i` among `n`.
type Row = fn(i: usize, n: usize) -> String;

const ROWS: [(&str, Row); 5] = [
    ("one way", |i, n| match i + 1 {
        next if next == n => format!("S{i} {{ order: u64 }} = task_{i}(order) >> Done,"),
        next => format!("S{i} {{ order: u64 }} = task_{i}(order) >> S{next} {{ order }},"),
    }),
    ("four arms", |i, n| {
        format!(
            "S{i} {{ order: u64, note: String }} = match task_{i}(order, note) {{
                On(order) => S{} {{ order, note }},
                Changed {{ note, .. }} => S{} {{ order, note }},
                Again | Later(0..=9) => S{} {{ order, note }},
                Later(n) if n > 99 => Done,
                Later(_) => Done,
            }},",
            (i + 1) % n,
            (i * 7 + 2) % n,
            (i * 3 + 1) % n,
        )
    }),
    ("five arms", |i, n| {
        let to = |step: usize| (i * step + step) % n;
        format!(
            "S{i} {{ order: Order, customer: Customer, note: Option<String> }} = match task_{i}(order, customer) {{
                Accepted(total) if total > 1000 => S{} {{ order, customer, note }},
                Accepted(_) => S{} {{ order, customer, note: None }},
                Missing {{ items, .. }} => S{} {{ order, customer, note: Some(items.to_string()) }},
                Refused(Reason::Unknown | Reason::Blocked) => S{} {{ order, customer, note }},
                Refused(reason) => Done,
            }},",
            to(1),
            to(3),
            to(7),
            to(11),
        )
    }),
    ("catches and retries", |i, n| {
        format!(
            "#[retry(exponential(5, base = \"100ms\", max = \"30s\", jitter = 0.1))]
            #[catch(Refused::Busy(n) if *n > 0 => S{} {{ order }})]
            #[catch(error => Done)]
            S{i} {{ order: u64 }} = task_{i}(order) >> S{} {{ order: order + 1 }},",
            (i * 7 + 2) % n,
            (i + 1) % n,
        )
    }),
    ("tasks with fields", |i, n| {
        let (named, next) = ((i * 7 + 2) % n, (i + 1) % n);
        match i % 2 {
            0 => format!("S{i} {{ order: u64 }} = Task{i} >> [S{named}, S{next}, Done],"),
            _ => format!("S{i} {{ order: u64 }} = (Task{i}(order), task_{i}) >> S{next} {{ order }},"),
        }
    }),
];

fn source(row: Row, n: usize) -> TokenStream {
    let mut source = "pub enum Flow { #[start] ".to_owned();
    for i in 0..n {
        writeln!(source, "{}", row(i, n)).expect("a string takes all");
    }
    source += "#[exit] Done }";
    source.parse().expect("it is Rust")
}

fn tables(criterion: &mut Criterion) {
    for (rows, row) in ROWS {
        let mut group = criterion.benchmark_group(format!("table: {rows}"));
        group.sample_size(20);
        for n in [10, 100, 500] {
            let source = source(row, n);
            let expanded = table::table(source.clone());
            assert!(!expanded.to_string().contains("compile_error"), "the rows are wrong: {rows}");
            group.throughput(Throughput::Elements(n as u64));
            group.bench_with_input(BenchmarkId::from_parameter(n), &source, |bench, source| {
                bench.iter(|| table::table(black_box(source.clone())));
            });
        }
        group.finish();
    }
}

fn tasks(criterion: &mut Criterion) {
    let options: TokenStream = "retry = exponential(5, base = \"100ms\")".parse().expect("it is Rust");
    let task = "pub async fn book(invoice: &Invoice, limit: u32, store: &Ledger, cx: &Cx) -> Result<Booked, LedgerError> { todo!() }";
    let node = "impl Book {
        async fn prep(&self, invoice: &Invoice, store: &Ledger) -> Result<Draft, LedgerError> { todo!() }
        async fn exec(&self, draft: &Draft) -> Receipt { todo!() }
        async fn post(&self, receipt: Receipt, store: &Ledger) -> Result<Booked, LedgerError> { todo!() }
    }";
    let (task, node): (TokenStream, TokenStream) =
        (task.parse().expect("it is Rust"), node.parse().expect("it is Rust"));
    let mut group = criterion.benchmark_group("task");
    group.bench_function("task", |bench| {
        bench.iter(|| task::task(black_box(options.clone()), black_box(task.clone())));
    });
    group.bench_function("node", |bench| {
        bench.iter(|| task::node(black_box(options.clone()), black_box(node.clone())));
    });
    group.finish();
}

criterion_group!(benches, tables, tasks);
criterion_main!(benches);
