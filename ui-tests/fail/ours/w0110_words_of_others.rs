use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start]
        #[compensate(go)]
        Begin = go >> Next,
        #[rescue(_ => Done)]
        Next = go >> Done,
        #[end] Done,
    }
}

fn main() {}
