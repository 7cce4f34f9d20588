use cano::prelude::*;

#[task]
async fn book() -> CanoResult<String> {
    Ok(String::new())
}

fn build() {
    Workflow::<u32>::new(0).register(0, book {});
}

fn main() {}
