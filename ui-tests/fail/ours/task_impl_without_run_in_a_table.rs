use cano::prelude::*;

pub struct Ask;

#[task]
impl Ask {
    async fn go(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = match Ask(n) { m => Done { m } },
        #[exit] Done { m: u32 },
    }
}

fn main() {}
