use cano::prelude::*;

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Begin = match flip { true => Done, false => Failed },
        #[exit] Done,
        #[exit] Failed,
    }
}

async fn run(store: &MemoryStore) -> CanoResult<u32> {
    match Order::run(store).await? {
        Order::Done => Ok(1),
        _ => Ok(2),
    }
}

fn main() {}
