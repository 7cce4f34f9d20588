use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = og >> Done,
        #[exit] Done,
    }
}

fn main() {}
