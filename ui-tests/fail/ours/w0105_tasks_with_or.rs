use cano::prelude::*;

#[task]
async fn near() -> CanoResult<()> {
    Ok(())
}

#[task]
async fn far() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Ask = near | far >> Store,
        Store = near >> Done,
        #[exit] Done,
    }
}

fn main() {}
