use cano::prelude::*;

#[task(timeout = "1.5s")]
async fn ask() -> CanoResult<()> {
    Ok(())
}

#[task(timeout = "2 s")]
async fn tell() -> CanoResult<()> {
    Ok(())
}

fn main() {}
