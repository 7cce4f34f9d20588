use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[timeout("1s")]
        #[timeout("2s")]
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
