use cano::prelude::*;

pub struct Ledger;

#[task]
async fn book(_store: &MemoryStore) -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    #[store(Ledger)]
    enum Order {
        #[start] Begin = match book { true => Next, false => Done },
        Next = match book { true => Begin, false => Done },
        #[exit] Done,
    }
}

fn main() {}
