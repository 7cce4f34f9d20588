use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Next,
        Next = go >> Done,
        Next = go >> Begin,
        #[exit] Done,
    }
}

fn main() {}
