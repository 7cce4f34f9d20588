use cano::prelude::*;

#[task(timeout = 5)]
async fn go() -> CanoResult<()> {
    Ok(())
}

fn main() {}
