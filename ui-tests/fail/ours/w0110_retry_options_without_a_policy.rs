use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[retry(max = 5, backoff = "exponential")] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
