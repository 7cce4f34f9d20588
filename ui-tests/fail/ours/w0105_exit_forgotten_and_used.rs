use cano::prelude::*;

#[task]
async fn tell(n: u32) -> CanoResult<()> {
    println!("{n}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = tell(n) >> Done { n },
        Done { n: u32 },
    }
}

workflow! {
    enum Outer {
        #[start] Begin { n: u32 } = match Order(n) { Done { n } => End { n } },
        #[exit] End { n: u32 },
    }
}

#[allow(dead_code)]
async fn run() {
    if let Ok(OrderExit::Done { n }) = Order::run(1, &MemoryStore::new()).await {
        println!("{n}");
    }
}

fn main() {}
