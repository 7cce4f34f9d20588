use cano::{limit::ConcurrencyLimit, prelude::*};

#[task]
async fn ask() -> CanoResult<()> {
    Ok(())
}

fn scope() {
    let bank = ConcurrencyLimit::new(3);
    workflow! {
        enum Check {
            #[start]
            #[limit(bank)]
            Ask = ask >> Asked,
            #[exit]
            Asked,
        }
    }
}

fn main() {}
