use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[undo(go, go)]
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
