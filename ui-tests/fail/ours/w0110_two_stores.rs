use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[store(MemoryStore, u32)]
    enum Order {
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
