use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

fn done() -> Order {
    Order::Done
}

workflow! {
    enum Order {
        #[start] Begin = go >> done(),
        #[exit] Done,
    }
}

fn main() {}
