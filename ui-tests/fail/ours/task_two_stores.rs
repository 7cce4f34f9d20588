use cano::prelude::*;

#[task]
async fn book(store: &MemoryStore, #[store] other: &MemoryStore) -> CanoResult<()> {
    store.put("n", other.get::<u32>("n")?)?;
    Ok(())
}

fn main() {}
