use cano::prelude::*;

pub struct Ledger;

#[task]
async fn book(_store: &Ledger) -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = book >> Done,
        #[exit] Done,
    }
}

fn main() {}
