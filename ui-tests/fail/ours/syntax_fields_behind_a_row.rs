use cano::prelude::*;

#[task]
async fn ask(n: u32) -> CanoResult<u32> {
    Ok(n)
}

workflow! {
    enum Order {
        #[start] Begin = match ask(n) { m => Done { m } }, { n: u32 },
        #[exit] Done { m: u32 },
    }
}

fn main() {}
