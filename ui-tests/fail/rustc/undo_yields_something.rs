use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

#[task]
async fn count() -> CanoResult<u32> {
    Ok(1)
}

workflow! {
    enum Order {
        #[undo(count)]
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
