use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        Begin = go >> Done,
        #[exit] Done,
    }
}

workflow! {
    enum Outer {
        #[start] Begin = match Order { Done => End },
        #[exit] End,
    }
}

#[allow(dead_code)]
async fn run() -> CanoResult<()> {
    Order::workflow().orchestrate(&MemoryStore::new()).await?;
    Order::run(&MemoryStore::new()).await?;
    Scheduler::new().every_seconds("order", Order::workflow(), 5)?;
    Ok(())
}

fn main() {}
