use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[timeout("2s")] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
