use cano::prelude::*;

#[task(retry = none, retry = exponential(3))]
async fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
