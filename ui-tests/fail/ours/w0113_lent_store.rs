use cano::prelude::*;

#[task]
async fn book(invoice: &u32, store: &MemoryStore) -> CanoResult<()> {
    println!("{invoice} {store:?}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { invoice: u32 } = book(invoice, store) >> Done,
        #[exit] Done,
    }
}

fn main() {}
