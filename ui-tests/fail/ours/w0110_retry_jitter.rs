use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[retry(exponential(5, jitter = 2.0))] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
