use cano::prelude::*;

#[task(crate = canno, retry = exponential(3), timeout = "2s")]
async fn go(name: &str, store: &MemoryStore) -> CanoResult<u32> {
    store.put("name", name.to_owned())?;
    Ok(1)
}

struct Ship;

#[node(crate = canno)]
impl Ship {
    async fn prep(&self) -> CanoResult<u32> {
        Ok(1)
    }
    async fn exec(&self, n: u32) -> u32 {
        n
    }
    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

fn main() {}
