use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { #[cfg(test)] n: u32 } = go() >> Done,
        #[exit] Done,
    }
}

fn main() {}
