//! A workflow as the task of another, with a store within the other's.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use cano::prelude::*;

use crate::log::Busy;

#[derive(Default)]
pub(crate) struct Till {
    taken: AtomicU32,
    attempts: AtomicU32,
}

#[derive(Default)]
pub(crate) struct Shop {
    till: Till,
    visitors: AtomicU32,
}

impl Provides<Till> for Shop {
    fn provide(&self) -> &Till {
        &self.till
    }
}

/// Takes the price; at 13 it fails twice.
#[task]
async fn take(price: u32, store: &Till) -> Result<bool, Busy> {
    let attempt = store.attempts.fetch_add(1, Relaxed) + 1;
    if price == 13 && attempt < 3 {
        return Err(Busy(attempt as usize));
    }
    store.taken.fetch_add(price, Relaxed);
    Ok(price > 0)
}

#[task]
async fn greet(store: &Shop) -> CanoResult<()> {
    store.visitors.fetch_add(1, Relaxed);
    Ok(())
}

#[task]
async fn print(receipt: u32) -> CanoResult<String> {
    Ok(format!("receipt {receipt}"))
}

workflow! {
    #[store(Till)]
    enum Payment {
        #[start] Take { price: u32 } = match take(price) { true => Paid { receipt: price }, false => Declined },
        #[exit] Paid { receipt: u32 },
        #[exit] Declined,
    }
}

workflow! {
    #[store(Shop)]
    #[derive(Debug, PartialEq)]
    enum Sale {
        #[start] Greet { price: u32 } = greet() >> Pay { price },
        #[retry(fixed(3, "1s"))]
        Pay { price: u32 } = match Payment(price) {
            Paid { receipt } => Print { receipt },
            Declined => Lost { price },
        },
        Print { receipt: u32 } = match print(receipt) { text => Sold { text } },
        #[exit] Sold { text: String },
        #[exit] Lost { price: u32 },
    }
}

workflow! {
    #[store(Shop)]
    enum Double {
        #[start]
        Pay { left: u32, right: u32 } = match (Payment(left), Payment(right), greet()) {
            (Paid { receipt: left }, Paid { receipt: right }, ()) => Both { sum: left + right },
            (Declined, _, _) | (_, Declined, _) => Neither,
        },
        #[exit] Both { sum: u32 },
        #[exit] Neither,
    }
}

/// A workflow that is its own task: counts down, one level deeper each time.
#[task]
async fn less(n: u32) -> CanoResult<Option<u32>> {
    Ok(n.checked_sub(1))
}

workflow! {
    #[exits(derive(Debug, PartialEq))]
    enum Deep {
        #[start] Down { n: u32, depth: u32 } = match less(n) {
            Some(n) => Below { n, depth: depth + 1 },
            None => Bottom { depth },
        },
        Below { n: u32, depth: u32 } = match further(n, depth) { depth => Bottom { depth } },
        #[exit] Bottom { depth: u32 },
    }
}

#[task]
async fn further(n: u32, depth: u32, store: &MemoryStore) -> CanoResult<u32> {
    let deeper: cano::BoxFuture<'_, _> = Box::pin(Deep::run(n, depth, store));
    let DeepExit::Bottom { depth } = deeper.await?;
    Ok(depth)
}

#[tokio::test(start_paused = true)]
async fn a_workflow_is_a_task_whose_outcome_is_its_exit() {
    let shop = Shop::default();
    assert_eq!(Sale::run(5, &shop).await.unwrap(), SaleExit::Sold { text: "receipt 5".into() });
    assert_eq!(Sale::run(0, &shop).await.unwrap(), SaleExit::Lost { price: 0 });
    assert_eq!((shop.till.taken.into_inner(), shop.visitors.into_inner()), (5, 2));
}

#[tokio::test(start_paused = true)]
async fn a_row_repeats_a_nested_workflow_from_its_start() {
    let shop = Shop::default();
    assert_eq!(Sale::run(13, &shop).await.unwrap(), SaleExit::Sold { text: "receipt 13".into() });
    assert_eq!((shop.till.attempts.into_inner(), shop.visitors.into_inner()), (3, 1));
}

#[tokio::test(start_paused = true)]
async fn tasks_and_workflows_over_different_stores_run_in_one_state() {
    let shop = Shop::default();
    assert!(matches!(Double::run(2, 3, &shop).await, Ok(DoubleExit::Both { sum: 5 })));
    assert!(matches!(Double::run(2, 0, &shop).await, Ok(DoubleExit::Neither)));
    assert_eq!(shop.visitors.into_inner(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_nested_workflow_also_runs_on_its_own() {
    let till = Till::default();
    assert!(matches!(Payment::run(4, &till).await, Ok(PaymentExit::Paid { receipt: 4 })));
    assert_eq!(till.taken.into_inner(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_task_may_run_the_workflow_that_it_stands_in() {
    assert_eq!(Deep::run(20, 0, &MemoryStore::new()).await.unwrap(), DeepExit::Bottom { depth: 20 });
}
