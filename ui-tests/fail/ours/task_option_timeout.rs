use cano::prelude::*;

#[task(timeout = "2 fortnights")]
async fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
