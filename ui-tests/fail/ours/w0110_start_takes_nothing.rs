use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start(first)] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
