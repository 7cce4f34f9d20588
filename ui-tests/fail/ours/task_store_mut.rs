use cano::prelude::*;

#[task]
async fn book(store: &mut MemoryStore) -> CanoResult<()> {
    store.put("n", 1)?;
    Ok(())
}

fn main() {}
