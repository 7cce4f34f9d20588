use cano::prelude::*;

#[task(retry(fixed(3, "1s")))]
async fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
