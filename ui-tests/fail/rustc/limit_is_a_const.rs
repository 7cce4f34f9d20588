use cano::{limit::ConcurrencyLimit, prelude::*};

const BANK: ConcurrencyLimit = ConcurrencyLimit::new(4);

#[task]
async fn charge() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[limit(BANK)] Charge = charge >> Done,
        #[exit] Done,
    }
}

fn main() {}
