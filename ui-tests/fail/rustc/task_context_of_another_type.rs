use cano::prelude::*;

#[task]
async fn book(cx: &u32) -> CanoResult<()> {
    println!("{cx}");
    Ok(())
}

fn main() {}
