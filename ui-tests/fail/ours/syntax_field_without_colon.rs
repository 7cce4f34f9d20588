use cano::prelude::*;

#[task]
async fn save(amount: &u32) -> CanoResult<()> {
    println!("{amount}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Save { amount u32 } = save(amount) >> Saved,
        #[exit] Saved,
    }
}

#[tokio::main]
async fn main() {
    let end = Order::run(1, &MemoryStore::new()).await;
    assert!(matches!(end, Ok(OrderExit::Saved)));
}
