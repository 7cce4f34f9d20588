use cano::prelude::*;

#[task]
async fn book(text: &str) -> Result<u32, std::fmt::Error> {
    let n: u32 = text.parse()?;
    Ok(n)
}

fn main() {}
