#![deny(warnings)]
use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = go() >> Done,
        #[exit] Done,
    }
}

fn main() {
    drop(Order::run(1, &MemoryStore::new()));
}
