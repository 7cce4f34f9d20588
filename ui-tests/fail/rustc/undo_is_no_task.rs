use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[undo(back)]
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
