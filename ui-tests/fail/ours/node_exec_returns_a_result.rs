use cano::prelude::*;

pub struct Count;

#[node]
impl Count {
    async fn prep(&self) -> CanoResult<u32> {
        Ok(1)
    }

    async fn exec(&self, n: u32) -> CanoResult<u32> {
        Ok(n + 1)
    }

    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

fn main() {}
