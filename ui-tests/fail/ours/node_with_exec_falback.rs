use cano::prelude::*;

pub struct Ask;

#[node(fallible_exec)]
impl Ask {
    async fn prep(&self) -> CanoResult<u32> {
        Ok(1)
    }

    async fn exec(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }

    async fn exec_falback(&self, n: u32, error: CanoError) -> CanoResult<u32> {
        println!("{error}");
        Ok(n)
    }

    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

fn main() {}
