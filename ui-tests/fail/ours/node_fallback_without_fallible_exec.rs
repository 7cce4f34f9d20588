use cano::prelude::*;

pub struct Double;

#[node]
impl Double {
    async fn prep(&self) -> CanoResult<u32> {
        Ok(1)
    }

    async fn exec(&self, n: u32) -> CanoResult<u32> {
        Ok(n * 2)
    }

    async fn exec_fallback(&self, n: u32, _error: CanoError) -> CanoResult<u32> {
        Ok(n)
    }

    async fn post(&self, n: CanoResult<u32>) -> CanoResult<u32> {
        n
    }
}

fn main() {}
