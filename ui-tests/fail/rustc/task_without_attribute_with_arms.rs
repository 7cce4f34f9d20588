use cano::prelude::*;

async fn flip(n: &u32) -> CanoResult<bool> {
    Ok(*n > 1)
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = match flip(n) {
            true => Done,
            false => Done,
        },
        #[exit] Done,
    }
}

fn main() {}
