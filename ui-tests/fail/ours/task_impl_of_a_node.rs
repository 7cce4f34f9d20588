use cano::prelude::*;

pub struct Ask;

#[task]
impl Ask {
    async fn prep(&self) -> CanoResult<u32> {
        Ok(1)
    }

    async fn exec(&self, n: u32) -> u32 {
        n
    }

    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

fn main() {}
