use cano::prelude::*;

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Begin = match flip { true => Don, false => Failed },
        #[exit] Done,
        #[exit] Failed,
    }
}

async fn run(store: &MemoryStore) -> CanoResult<u32> {
    match Order::run(store).await? {
        OrderExit::Done => Ok(1),
        OrderExit::Failed => {
            let two: u32 = "two";
            Ok(two)
        }
    }
}

fn main() {}
