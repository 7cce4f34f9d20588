use cano::prelude::*;

pub struct Double;

#[node]
impl Double {
    async fn prep(&self, store: &MemoryStore) -> CanoResult<String> {
        Ok(store.get("n")?)
    }

    async fn exec(&self, n: u32) -> u32 {
        n * 2
    }

    async fn post(&self, store: &MemoryStore, n: u32) -> CanoResult<()> {
        Ok(store.put("n", n)?)
    }
}

fn main() {}
