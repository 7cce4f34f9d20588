use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[timeuot("5s")]
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
