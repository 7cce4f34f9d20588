use cano::prelude::*;

#[task(limit = bank())]
async fn go() -> CanoResult<()> {
    Ok(())
}

fn main() {}
