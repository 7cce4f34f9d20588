use cano::prelude::*;

#[task(retri = none)]
async fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
