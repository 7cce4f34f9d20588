use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[catch(StoreError => Failed)]
        #[start]
        Begin = go >> Done,
        #[exit] Failed,
        #[exit] Done,
    }
}

fn main() {}
