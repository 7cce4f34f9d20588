use cano::prelude::*;

#[task]
async fn check(n: u32) -> CanoResult<bool> {
    Ok(n > 1)
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = check(n) { true => Done, false => Failed },
        #[exit] Done,
        #[exit] Failed,
    }
}

fn main() {}
