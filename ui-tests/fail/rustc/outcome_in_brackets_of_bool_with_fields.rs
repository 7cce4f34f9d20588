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
        #[start] Begin { n: u32 } = check(n) >> [Done, Failed],
        #[exit] Done { n: u32 },
        #[exit] Failed,
    }
}

fn main() {}
