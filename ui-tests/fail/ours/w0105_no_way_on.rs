use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = go(n),
        #[exit] Done,
    }
}

fn main() {}
