use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[retry(fixed(0, "1s"))] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
