use cano::prelude::*;

const POLICY: &str = "often";

#[task(retry = POLICY)]
async fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
