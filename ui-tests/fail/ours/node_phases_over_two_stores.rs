use cano::prelude::*;

pub struct Double;
pub struct Ledger(u32);

#[node]
impl Double {
    async fn prep(&self, store: &Ledger) -> CanoResult<u32> {
        Ok(store.0)
    }

    async fn exec(&self, n: u32) -> u32 {
        n * 2
    }

    async fn post(&self, store: &MemoryStore, n: u32) -> CanoResult<()> {
        Ok(store.put("n", n)?)
    }
}

fn main() {}
