use cano::prelude::*;

pub struct Keep<T>(pub T);

#[task]
impl<T: Clone> Task<u32> for Keep<T> {
    async fn run(&self, store: &MemoryStore) -> CanoResult<u32> {
        store.put("a", 1_u32)?;
        Ok(1)
    }
}

fn main() {}
