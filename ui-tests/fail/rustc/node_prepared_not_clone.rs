use cano::prelude::*;

pub struct Double;
pub struct Prepared(u32);

#[node(fallible_exec)]
impl Double {
    async fn prep(&self) -> CanoResult<Prepared> {
        Ok(Prepared(1))
    }

    async fn exec(&self, n: Prepared) -> CanoResult<u32> {
        Ok(n.0 * 2)
    }

    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

fn main() {}
