use cano::prelude::*;

#[task(retry)]
async fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
