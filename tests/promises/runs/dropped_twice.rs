//! Drops that panic, one after the other.

use std::{future::pending, time::Duration};

use cano::{RunOptions, limit::ConcurrencyLimit, prelude::*};

use crate::log::{Busy, Log};

/// Panics when it is dropped.
struct Fragile(Log, String);

impl Fragile {
    fn new(log: &Log, name: &str) -> Self {
        Self(log.clone(), name.to_owned())
    }
}

impl Drop for Fragile {
    fn drop(&mut self) {
        self.0.note(&self.1);
        panic!("the drop of {}", self.1);
    }
}

#[derive(Default)]
struct Waits;
#[node(fallible_exec)]
impl Waits {
    async fn prep(&self, store: &Log) -> CanoResult<Fragile> {
        Ok(Fragile::new(store, "what was prepared"))
    }

    async fn exec(&self, prepared: &Fragile) -> CanoResult<()> {
        let _local = Fragile::new(&prepared.0, "what exec had");
        pending().await
    }

    async fn post(&self, done: ()) -> CanoResult<()> {
        Ok(done)
    }
}

workflow! {
    #[store(Log)]
    enum Breaking {
        #[start] Only = Waits >> Done,
        #[exit] Done,
    }
}

fn a_second() -> RunOptions {
    RunOptions::new().with_timeout(Duration::from_secs(1))
}

#[tokio::test(start_paused = true)]
async fn two_drops_of_an_attempt_that_is_ended_may_panic() {
    let log = Log::new();

    let end = Breaking::workflow().orchestrate_with(Breaking::Only, &log, a_second()).await;

    assert!(matches!(end, Err(CanoError::Panicked(_))));
    assert_eq!(log.lines(), ["what exec had", "what was prepared"]);
}

#[task]
async fn waits(name: &str, store: &Log) -> CanoResult<()> {
    let _fragile = Fragile::new(store, name);
    pending().await
}

#[task]
async fn fails(after: Duration) -> Result<(), Busy> {
    tokio::time::sleep(after).await;
    Err(Busy(1))
}

workflow! {
    #[store(Log)]
    enum All {
        #[start] Wait { a: &'static str, b: &'static str, after: Duration } =
            match (waits(a), waits(b), fails(after)) { _ => Done },
        #[exit] Done,
    }
}

workflow! {
    #[store(Log)]
    enum One {
        #[start] Wait { a: &'static str, b: &'static str } = any(waits(a), waits(b)) >> Done,
        #[exit] Done,
    }
}

workflow! {
    #[store(Log)]
    enum Items {
        #[start] Wait { names: Vec<&'static str> } = match each(waits, over = names) { _ => Done },
        #[exit] Done,
    }
}

/// A run that panicked, and has dropped all that it held.
fn assert_all_dropped<T>(end: CanoResult<T>, log: &Log) {
    assert!(matches!(end, Err(CanoError::Panicked(_))));
    let mut dropped = log.lines();
    dropped.sort();
    assert_eq!(dropped, ["a", "b"]);
}

#[tokio::test(start_paused = true)]
async fn the_drops_of_several_tasks_that_are_ended_may_all_panic() {
    let log = Log::new();
    let all = All::Wait { a: "a", b: "b", after: Duration::MAX };
    assert_all_dropped(All::workflow().orchestrate_with(all, &log, a_second()).await, &log);

    let log = Log::new();
    let one = One::Wait { a: "a", b: "b" };
    assert_all_dropped(One::workflow().orchestrate_with(one, &log, a_second()).await, &log);

    let log = Log::new();
    let items = Items::Wait { names: vec!["a", "b"] };
    assert_all_dropped(Items::workflow().orchestrate_with(items, &log, a_second()).await, &log);
}

#[tokio::test(start_paused = true)]
async fn the_drops_of_several_tasks_that_another_one_ends_may_all_panic() {
    let log = Log::new();
    assert_all_dropped(All::run("a", "b", Duration::from_secs(1), &log).await, &log);
}

/// Of no other test.
static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(9);

#[task(limit = PLACES)]
async fn waits_in_its_place(name: &str, store: &Log) -> CanoResult<()> {
    let _fragile = (name == "fragile").then(|| Fragile::new(store, name));
    let _sound = store.on_drop("sound");
    pending().await
}

workflow! {
    #[store(Log)]
    enum Placed {
        #[start] Each { names: Vec<&'static str> } = match each(waits_in_its_place, over = names) { _ => Done },
        #[exit] Done,
    }
}

#[tokio::test(start_paused = true)]
async fn an_item_whose_drop_panics_keeps_no_other_one_and_no_place() {
    let (log, names) = (Log::new(), vec!["a", "b", "fragile", "c"]);

    let end = Placed::workflow().orchestrate_with(Placed::Each { names }, &log, a_second()).await;

    assert!(matches!(end, Err(CanoError::Panicked(_))));
    assert_eq!((log.count("sound"), log.count("fragile"), PLACES.running()), (4, 1, 0));
}
