use cano::prelude::*;

#[task = "go"]
async fn go() -> CanoResult<()> {
    Ok(())
}

fn main() {}
