use std::rc::Rc;

use cano::prelude::*;

#[task]
async fn book() -> CanoResult<()> {
    let count = Rc::new(1);
    tokio::task::yield_now().await;
    println!("{count}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = book >> Done,
        #[exit] Done,
    }
}

fn main() {}
