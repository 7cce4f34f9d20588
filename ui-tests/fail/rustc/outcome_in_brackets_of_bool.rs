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
        #[start] Begin { n: u32 } = check(n) >> [Next, Failed],
        Next = go >> [Done, Failed],
        #[exit] Done,
        #[exit] Failed,
    }
}

fn main() {}
