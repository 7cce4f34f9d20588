use cano::prelude::*;

#[task]
async fn ask(n: u32) -> CanoResult<u32> {
    Ok(n)
}

workflow! {
    pub enum Order {
        #[start] pub(crate) Begin { n: u32 } = match ask(n) { m => Done { m } },
        #[exit] pub Done { m: u32 },
    }
}

fn main() {}
