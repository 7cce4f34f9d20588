use cano::prelude::*;

#[task]
async fn book() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = bok >> Done,
        #[exit] Done,
    }
}

fn main() {}
