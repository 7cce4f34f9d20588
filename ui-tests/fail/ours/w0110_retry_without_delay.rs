use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[retry(fixed(3))] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
