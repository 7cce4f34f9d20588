use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Next,
        Next,
        #[exit] Done,
    }
}

fn main() {}
