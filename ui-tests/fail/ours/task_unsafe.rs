use cano::prelude::*;

#[task]
async unsafe fn go() -> CanoResult<()> {
    Ok(())
}

fn main() {}
