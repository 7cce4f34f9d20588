use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[store(MemoryStore)]
        #[start]
        Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
