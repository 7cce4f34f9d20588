//! Tasks and fields whose names become keywords, or those of our own parameters.
#![deny(warnings)]

use cano::prelude::*;

#[derive(Default)]
struct Super;
#[derive(Default)]
struct Crate;
#[derive(Default)]
struct Gen;

#[task]
impl Super {
    async fn run(&self) -> CanoResult<()> {
        Ok(())
    }
}

#[task]
impl Crate {
    async fn run(&self) -> CanoResult<()> {
        Ok(())
    }
}

#[task]
impl Gen {
    async fn run(&self) -> CanoResult<()> {
        Ok(())
    }
}

workflow! {
    enum Order {
        #[start] Begin { store: u32, the_store: u32 } = Super() >> Inner { n: store + the_store },
        Inner { n: u32 } = (Crate(), Gen()) >> Done { n },
        #[exit] Done { n: u32 },
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let Ok(OrderExit::Done { n }) = Order::run(1, 2, &MemoryStore::new()).await else { panic!("no exit") };
    assert_eq!(n, 3);
    let tasks = OrderTasks { super_: Super, crate_: Crate, r#gen: Gen };
    Order::with(tasks).orchestrate_from(Order::Inner { n }, &MemoryStore::new()).await.expect("an exit");
}
