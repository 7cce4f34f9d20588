use cano::prelude::*;

pub struct Client(String);

#[task]
impl Client {
    async fn run(&self) -> CanoResult<()> {
        println!("{}", self.0);
        Ok(())
    }
}

workflow! {
    enum Order {
        #[start] Begin = Client >> Done,
        #[exit] Done,
    }
}

async fn start(store: &MemoryStore) {
    let _ = Order::run(store).await;
}

fn main() {}
