use cano::prelude::*;

struct Go;

#[task(limit = BANK)]
impl Task<u8> for Go {
    async fn run(&self, _: &MemoryStore) -> CanoResult<u8> {
        Ok(1)
    }
}

fn main() {}
