use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[undo(go)]
        #[undo(go)]
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
