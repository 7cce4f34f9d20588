use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Ok(Done),
        #[exit] Done,
    }
}

fn main() {}
