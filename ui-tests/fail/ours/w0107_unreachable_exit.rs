use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Done,
        #[exit] Done,
        #[exit] Refunded { pence: u32 },
    }
}

fn main() {}
