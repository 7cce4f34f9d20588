use cano::prelude::*;

#[task(timeout)]
async fn go() -> CanoResult<()> {
    Ok(())
}

fn main() {}
