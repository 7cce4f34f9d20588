use cano::prelude::*;

#[task]
async fn book(text: &str) -> CanoResult<u32> {
    Ok(text.parse()?)
}

fn build() {
    Workflow::<u32>::new(0).register(0, book {});
}

fn main() {}
