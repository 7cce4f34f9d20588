use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[retry(fixed(3, "1s", wihin = "5s"))]
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
