use cano::prelude::*;

pub struct Ask;

#[node]
impl Ask {
    async fn prep(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }

    async fn exec(&self, n: u32) -> u32 {
        n
    }
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = match Ask(n) { m => Done { m } },
        #[exit] Done { m: u32 },
    }
}

fn main() {}
