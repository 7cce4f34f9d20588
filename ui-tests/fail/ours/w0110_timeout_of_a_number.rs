use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[timeout(5)]
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
