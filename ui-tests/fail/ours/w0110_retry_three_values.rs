use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[retry(fixed(3, "1s", 0.1))] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
