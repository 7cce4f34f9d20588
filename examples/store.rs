//! A store type of one's own, behind a trait so that a test can put a fake in its place.

use std::sync::Mutex;

use cano::prelude::*;

/// What the tasks need of a warehouse.
trait Warehouse: Send + Sync {
    fn take(&self, item: &str, count: u32) -> Option<u32>;
}

/// A real one, as far as an example goes.
struct Shelves(Mutex<Vec<(String, u32)>>);

impl Warehouse for Shelves {
    fn take(&self, item: &str, count: u32) -> Option<u32> {
        let mut shelves = self.0.lock().ok()?;
        let (_, left) = shelves.iter_mut().find(|(name, _)| name == item)?;
        *left = left.checked_sub(count)?;
        Some(*left)
    }
}

/// One that is always empty.
struct Empty;

impl Warehouse for Empty {
    fn take(&self, _: &str, _: u32) -> Option<u32> {
        None
    }
}

#[task]
async fn pick(item: &str, count: u32, store: &dyn Warehouse) -> CanoResult<Option<u32>> {
    Ok(store.take(item, count))
}

workflow! {
    #[store(dyn Warehouse)]
    #[derive(Debug, PartialEq)]
    enum Order {
        #[start]
        Pick { item: String, count: u32 } = match pick(item, count) {
            Some(left) => Shipped { item, left },
            None => Backorder { item, count },
        },
        #[exit] Shipped { item: String, left: u32 },
        #[exit] Backorder { item: String, count: u32 },
    }
}

#[tokio::main]
async fn main() -> CanoResult<()> {
    let shelves = Shelves(Mutex::new(vec![("lantern".to_owned(), 6)]));
    let order = || ("lantern".to_owned(), 4);
    let (item, count) = order();
    assert_eq!(Order::run(item, count, &shelves).await?, OrderExit::Shipped { item: order().0, left: 2 });
    let (item, count) = order();
    assert_eq!(Order::run(item, count, &shelves).await?, OrderExit::Backorder { item: order().0, count: 4 });
    let (item, count) = order();
    let faked = Order::run(item, count, &Empty).await?;
    println!("{faked:?}");
    assert_eq!(faked, OrderExit::Backorder { item: order().0, count: 4 });
    Ok(())
}
