use cano::prelude::*;

#[task]
async fn read(text: str) -> CanoResult<usize> {
    Ok(text.len())
}

#[task]
async fn sum(numbers: [u32]) -> CanoResult<u32> {
    Ok(numbers.iter().sum())
}

#[task]
async fn show(what: dyn std::fmt::Display + Send + Sync) -> CanoResult<String> {
    Ok(what.to_string())
}

fn main() {}
