use cano::prelude::*;

pub struct Double;

#[node(falible_exec)]
impl Double {
    async fn prep(&self) -> CanoResult<u32> {
        Ok(1)
    }

    async fn exec(&self, n: u32) -> CanoResult<u32> {
        Ok(n * 2)
    }

    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

fn main() {}
