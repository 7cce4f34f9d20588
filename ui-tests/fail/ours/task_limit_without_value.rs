use cano::prelude::*;

#[task(limit)]
async fn go() -> CanoResult<()> {
    Ok(())
}

fn main() {}
