use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start]
        #[catch(_ => Failed)]
        #[catch(StoreError::Missing { .. } => Done)]
        Begin = go >> Done,
        #[exit] Failed,
        #[exit] Done,
    }
}

fn main() {}
