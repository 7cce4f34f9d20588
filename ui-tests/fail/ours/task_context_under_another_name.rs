use cano::prelude::*;

#[task]
async fn charge(amount: &u32, ctx: &Cx) -> CanoResult<u32> {
    Ok(*amount + ctx.attempt())
}

fn main() {}
