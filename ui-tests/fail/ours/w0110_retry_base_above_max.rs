use cano::prelude::*;

#[task(retry = exponential(3, base = "1m", max = "1s"))]
async fn ask() -> CanoResult<()> {
    Ok(())
}

#[task(retry = exponential(3, base = "1m"))]
async fn tell() -> CanoResult<()> {
    Ok(())
}

fn main() {}
