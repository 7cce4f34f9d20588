use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

async fn run() {
    let _ = Order::workflow().orchestrate(&0_u32).await;
}

fn main() {}
