use cano::prelude::*;

pub struct Ledger(std::cell::Cell<u32>);

#[task]
async fn book() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[store(Ledger)]
    enum Order {
        #[start] Begin = book >> Done,
        #[exit] Done,
    }
}

fn main() {}
