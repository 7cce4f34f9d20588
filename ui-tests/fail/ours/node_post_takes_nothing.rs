use cano::prelude::*;

pub struct Double;

#[node]
impl Double {
    async fn prep(&self, store: &MemoryStore) -> CanoResult<u32> {
        Ok(store.get("n")?)
    }

    async fn exec(&self, n: u32) -> u32 {
        n * 2
    }

    async fn post(&self, store: &MemoryStore) -> CanoResult<()> {
        Ok(store.put("n", 2)?)
    }
}

fn main() {}
