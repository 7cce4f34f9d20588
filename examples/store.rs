//! A store of your own type, behind a trait, so that a test can put a fake in its place.

use std::sync::Mutex;

use cano::prelude::*;

/// What the tasks need from a warehouse.
trait Warehouse: Send + Sync {
    fn take(&self, item: &str, count: u32) -> Option<u32>;
}

/// The real warehouse, as far as an example goes.
struct Shelves(Mutex<Vec<(String, u32)>>);

impl Warehouse for Shelves {
    fn take(&self, item: &str, count: u32) -> Option<u32> {
        let mut shelves = self.0.lock().ok()?;
        let (_, left) = shelves.iter_mut().find(|(name, _)| name == item)?;
        *left = left.checked_sub(count)?;
        Some(*left)
    }
}

/// A fake that is always empty.
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

/// Orders four lanterns. The store of a table is `'static`, so that is what `dyn Warehouse` means there.
async fn order(warehouse: &(dyn Warehouse + 'static)) -> CanoResult<OrderExit> {
    let end = Order::run("lantern".to_owned(), 4, warehouse).await?;
    println!("{end:?}");
    Ok(end)
}

#[tokio::main]
async fn main() -> CanoResult<()> {
    let lantern = || "lantern".to_owned();

    // Six lanterns are enough for the first order, not for the second one.
    let shelves = Shelves(Mutex::new(vec![(lantern(), 6)]));
    assert_eq!(order(&shelves).await?, OrderExit::Shipped { item: lantern(), left: 2 });
    assert_eq!(order(&shelves).await?, OrderExit::Backorder { item: lantern(), count: 4 });

    // The same table with the fake.
    assert_eq!(order(&Empty).await?, OrderExit::Backorder { item: lantern(), count: 4 });
    Ok(())
}
