use cano::prelude::*;

#[task]
async fn length(name: &str) -> CanoResult<usize> {
    Ok(name.len())
}

workflow! {
    enum Order {
        #[start] Begin { names: Vec<String> } = each(length, over = names) >> Done,
        #[exit] Done,
    }
}

fn main() {}
