use cano::prelude::*;

pub struct Closed;

#[task]
async fn book() -> Result<(), Closed> {
    Err(Closed)
}

workflow! {
    enum Order {
        #[start] Begin = book >> Done,
        #[exit] Done,
    }
}

fn main() {}
