use cano::prelude::*;

#[task]
async fn look(store: &MemoryStore) -> CanoResult<bool> {
    Ok(store.get("n")?)
}

workflow! {
    enum Order {
        #[start] Begin = match look {
            true => Booked { n: store.get("n").unwrap_or(0) },
            false => Rejected,
        },
        #[exit] Booked { n: u32 },
        #[exit] Rejected,
    }
}

fn main() {}
