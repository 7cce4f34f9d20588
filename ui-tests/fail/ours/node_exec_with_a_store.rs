use cano::prelude::*;

pub struct Double;

#[node]
impl Double {
    async fn prep(&self) -> CanoResult<u32> {
        Ok(1)
    }

    async fn exec(&self, n: u32, store: &MemoryStore) -> u32 {
        n * store.get::<u32>("n").unwrap_or(2)
    }

    async fn post(&self, store: &MemoryStore, n: u32) -> CanoResult<()> {
        Ok(store.put("n", n)?)
    }
}

fn main() {}
