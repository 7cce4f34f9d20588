use cano::prelude::*;

async fn book() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = book >> Done,
        #[exit] Done,
    }
}

fn main() {}
