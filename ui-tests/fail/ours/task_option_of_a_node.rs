use cano::prelude::*;

#[task(fallible_exec)]
async fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
