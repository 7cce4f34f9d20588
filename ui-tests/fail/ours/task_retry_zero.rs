use cano::prelude::*;

#[task(retry = fixed(0, "1s"))]
async fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
