use cano::prelude::*;

#[task]
async fn book(text: &str) -> CanoResult<&str> {
    Ok(text)
}

fn main() {}
