use cano::prelude::*;

#[task]
async fn book(lines: &impl std::fmt::Debug) -> CanoResult<()> {
    println!("{lines:?}");
    Ok(())
}

fn main() {}
