use cano::prelude::*;

#[task]
async fn ask(n: u32) -> CanoResult<u32> {
    Ok(n)
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = match ask(n) { m => Done { m } },
        #[exit] Done(m: u32),
    }
}

fn main() {}
