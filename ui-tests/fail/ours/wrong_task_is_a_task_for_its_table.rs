use cano::prelude::*;

#[derive(Default)]
struct Saver;

#[task]
impl Saver {
    async fn run(&mut self, amount: &u32, #[store] db: &MemoryStore) -> CanoResult<Option<u32>> {
        db.put("amount", *amount)?;
        Ok(Some(*amount))
    }
}

#[derive(Default)]
struct Sender;

#[node]
impl Sender {
    async fn prep(&self, amount: u32) -> CanoResult<u32> {
        Ok(amount)
    }
    async fn post(&self, amount: u32) -> CanoResult<bool> {
        Ok(amount > 0)
    }
}

#[task]
async fn check(amount: &mut u32) -> CanoResult<bool> {
    *amount += 1;
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Save { amount: u32 } = match Saver(amount) { Some(amount) => Send { amount }, None => Saved },
        Send { amount: u32 } = match Sender { true => Check { amount }, false => Saved },
        Check { amount: u32 } = match check { true => Saved, false => Send { amount } },
        #[exit] Saved,
    }
}

#[tokio::main]
async fn main() {
    let end = Order::run(1, &MemoryStore::new()).await;
    assert!(matches!(end, Ok(OrderExit::Saved)));
}
