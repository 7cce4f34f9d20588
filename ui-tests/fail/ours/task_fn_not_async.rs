use cano::prelude::*;

#[task]
fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
