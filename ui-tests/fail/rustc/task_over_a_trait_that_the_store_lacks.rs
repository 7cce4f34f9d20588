use cano::prelude::*;

pub struct Ledger;

#[task]
async fn book(store: &impl std::fmt::Debug) -> CanoResult<()> {
    println!("{store:?}");
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
