use cano::prelude::*;

#[task]
async fn book(text: &str) -> CanoResult<u32> {
    println!("{text}");
}

fn main() {}
