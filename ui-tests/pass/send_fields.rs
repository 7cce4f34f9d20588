//! A field that no task is lent need not be `Sync`.
#![deny(warnings)]

use std::cell::Cell;

use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { n: Cell<u32> } = go() >> Done { n },
        #[exit] Done { n: Cell<u32> },
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let OrderExit::Done { n } = Order::run(Cell::new(3), &MemoryStore::new()).await.unwrap();
    assert_eq!(n.get(), 3);
}
