use cano::prelude::*;

#[task]
async fn check(n: u32) -> CanoResult<bool> {
    Ok(n > 1)
}

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go::<u32>() >> Done,
        #[exit] Done,
    }
}

fn main() {}
