use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[derive(Default)]
    enum Order {
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
