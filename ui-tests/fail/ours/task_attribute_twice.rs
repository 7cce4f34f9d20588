use cano::prelude::*;

#[task]
#[task]
async fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
