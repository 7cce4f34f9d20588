use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = any() >> Done,
        #[exit] Done,
    }
}

fn main() {}
