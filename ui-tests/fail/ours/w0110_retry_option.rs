use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[retry(exponential(5, bas = "1s"))] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
