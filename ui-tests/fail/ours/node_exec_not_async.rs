use cano::prelude::*;

pub struct Double;

#[node]
impl Double {
    async fn prep(&self) -> CanoResult<u32> {
        Ok(1)
    }

    fn exec(&self, n: u32) -> u32 {
        n * 2
    }

    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

fn main() {}
