use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = go() >> Done { n },
        #[exit] Done { n: u32 },
    }
}

async fn run(store: &MemoryStore) {
    let _ = Order::workflow().orchestrate(store).await;
}

fn main() {}
