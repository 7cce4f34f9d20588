use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[exit] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
