use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[retry(exponential(5, base = "1s", base = "2s"))] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
