use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[timeout]
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
