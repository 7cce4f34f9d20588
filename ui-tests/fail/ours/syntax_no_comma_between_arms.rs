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
        #[start] Begin { n: u32 } = match check(n) {
            true => Done
            false => Failed
        },
        #[exit] Done,
        #[exit] Failed,
    }
}

fn main() {}
