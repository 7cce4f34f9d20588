//! One table: a line of text becomes an amount in the store.
use cano::prelude::*;

#[task]
async fn parse(line: &str) -> Result<Option<u32>, std::num::ParseIntError> {
    if line.is_empty() { Ok(None) } else { line.parse().map(Some) }
}

#[task(retry = fixed(3, "50ms"))]
async fn save(amount: u32, store: &MemoryStore) -> Result<(), StoreError> {
    store.append("amounts", amount)
}

workflow! {
    enum Order {
        #[start] Parse { line: String } = match parse(line) {
            Some(amount) => Sav { amount },
            None => Rejected,
        },
        Save { amount: u32 } = save(amount) >> Saved { amount },
        #[exit] Saved { amount: u32 },
        #[exit] Rejected,
    }
}

#[tokio::main]
async fn main() {
    let end = Order::run("42".to_string(), &MemoryStore::new()).await;
    assert!(matches!(end, Ok(OrderExit::Saved { amount: 42 })));
}
