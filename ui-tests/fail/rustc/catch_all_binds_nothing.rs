use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[catch(_ => Failed { error })]
        #[start]
        Begin = go >> Done,
        #[exit] Failed { error: CanoError },
        #[exit] Done,
    }
}

fn main() {}
