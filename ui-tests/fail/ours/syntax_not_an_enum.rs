use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    struct Order {
        begin: u32,
    }
}

fn main() {}
