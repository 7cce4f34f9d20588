use cano::prelude::*;

type Booked = CanoResult<u32>;

#[task]
async fn book(_store: &MemoryStore) -> Booked {
    Ok(1)
}

fn build() {
    Workflow::<u32>::new(0).register(0, book {});
}

fn main() {}
