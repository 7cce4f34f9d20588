use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[exits(name = Order)]
    enum Order {
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
