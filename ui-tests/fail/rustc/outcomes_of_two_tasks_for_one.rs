use cano::prelude::*;

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Begin = match flip {
            (true, true) => Done,
            _ => Done,
        },
        #[exit] Done,
    }
}

fn main() {}
