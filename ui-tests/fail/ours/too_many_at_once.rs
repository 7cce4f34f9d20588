use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = (go, go, go, go, go, go, go, go, go) >> Done,
        #[exit] Done,
    }
}

fn main() {}
