use cano::prelude::*;

#[task(colour = "red")]
async fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
