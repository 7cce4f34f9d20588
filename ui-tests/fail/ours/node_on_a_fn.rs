use cano::prelude::*;

#[node]
async fn double(n: u32) -> CanoResult<u32> {
    Ok(n * 2)
}

fn main() {}
