use cano::prelude::*;

#[task(timeout = "0s")]
async fn go() -> CanoResult<()> {
    Ok(())
}

fn main() {}
