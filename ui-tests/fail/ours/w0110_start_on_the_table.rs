use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[start]
    enum Order {
        Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
