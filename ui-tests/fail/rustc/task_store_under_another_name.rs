use cano::prelude::*;

pub struct Ledger;

#[task]
async fn book(_ledger: &Ledger) -> CanoResult<()> {
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
