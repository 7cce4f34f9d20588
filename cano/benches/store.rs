//! What the store costs: beside a plain field, the map behind a lock that one would write by hand, and `dashmap`.
//!
//! Read the ratios, not the times: `cargo bench -p cano --bench store`. With two threads, both do the same at once.

use std::{
    any::Any,
    collections::HashMap,
    hint::black_box,
    sync::{Arc, Mutex, RwLock},
    thread,
    time::{Duration, Instant},
};

use cano::MemoryStore;
use criterion::{Criterion, criterion_group, criterion_main};
use dashmap::DashMap;

type Boxed = Box<dyn Any + Send + Sync>;
type ByHand = RwLock<HashMap<String, Boxed>>;

const KEYS: [&str; 8] = ["order", "customer", "total", "lines", "address", "bank", "carrier", "note"];

/// How long `work` takes `times` times on each of so many threads, which begin together.
fn on(threads: usize, times: u64, work: impl Fn(&str) + Sync) -> Duration {
    let all = || (0..times).zip(KEYS.iter().cycle()).for_each(|(_, key)| work(black_box(key)));
    let began = Instant::now();
    if threads == 1 {
        all();
    } else {
        thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(all))));
    }
    began.elapsed()
}

fn stores(criterion: &mut Criterion) {
    let (field, store) = (Mutex::new(0_u64), MemoryStore::new());
    let (by_hand, dash) = (ByHand::default(), DashMap::<String, Boxed>::new());
    for key in KEYS {
        store.put(key, 1_u64).expect("it never fails");
        by_hand.write().expect("nothing panics").insert(key.to_owned(), Box::new(1_u64));
        dash.insert(key.to_owned(), Box::new(1_u64));
    }
    for threads in [1, 2] {
        let mut group = criterion.benchmark_group(format!("store/{threads} threads"));
        let mut measure = |name: &str, work: &(dyn Fn(&str) + Sync)| {
            group.bench_function(name, |bench| bench.iter_custom(|times| on(threads, times, work)));
        };
        measure("get/field", &|_| {
            black_box(*field.lock().expect("nothing panics"));
        });
        measure("get/store", &|key| drop(black_box(store.get::<u64>(key))));
        measure("get/by hand", &|key| {
            let map = by_hand.read().expect("nothing panics");
            black_box(map.get(key).and_then(|value| value.downcast_ref::<u64>().copied()));
        });
        measure("get/dashmap", &|key| {
            black_box(dash.get(key).and_then(|value| value.downcast_ref::<u64>().copied()));
        });
        measure("put/field", &|_| *field.lock().expect("nothing panics") = black_box(2));
        measure("put/store", &|key| store.put(key, black_box(2_u64)).expect("it never fails"));
        measure("put/by hand", &|key| {
            let value: Boxed = Box::new(black_box(2_u64));
            drop(by_hand.write().expect("nothing panics").insert(key.to_owned(), value));
        });
        measure("put/dashmap", &|key| drop(dash.insert(key.to_owned(), Box::new(black_box(2_u64)))));
        group.finish();
    }
}

fn shared(criterion: &mut Criterion) {
    let large = vec![1_u8; 1 << 16];
    let store = MemoryStore::new();
    store.put("large", large.clone()).expect("it never fails");
    let arc = Mutex::new(Arc::new(large));
    let mut group = criterion.benchmark_group("store/64 KiB");
    group.bench_function("get, a clone", |bench| bench.iter(|| store.get::<Vec<u8>>("large")));
    group.bench_function("get_shared", |bench| bench.iter(|| store.get_shared::<Vec<u8>>("large")));
    group.bench_function("with", |bench| bench.iter(|| store.with("large", |large: &Vec<u8>| large.len())));
    // An `Arc` behind a lock.
    group.bench_function("by hand", |bench| {
        bench.iter(|| Arc::clone(&arc.lock().expect("nothing panics")));
    });
    group.finish();
}

fn append(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("store/append 1,000");
    group.bench_function("store", |bench| {
        bench.iter(|| {
            let store = MemoryStore::new();
            (0..1_000_u64).for_each(|n| store.append("list", n).expect("a list"));
            store
        });
    });
    group.bench_function("by hand", |bench| {
        bench.iter(|| {
            let map = ByHand::default();
            for n in 0..1_000_u64 {
                let mut map = map.write().expect("nothing panics");
                let list = map.entry("list".to_owned()).or_insert_with(|| Box::new(Vec::<u64>::new()));
                list.downcast_mut::<Vec<u64>>().expect("a list").push(n);
            }
            map
        });
    });
    group.bench_function("field", |bench| {
        bench.iter(|| {
            let list = Mutex::new(Vec::new());
            (0..1_000_u64).for_each(|n| list.lock().expect("nothing panics").push(n));
            list
        });
    });
    group.finish();
}

criterion_group!(benches, stores, shared, append);
criterion_main!(benches);
