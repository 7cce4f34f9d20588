use cano::prelude::*;

pub struct Ledger;

#[task]
async fn book(_store: &Ledger) -> CanoResult<u32> {
    Ok(1)
}

fn build() {
    Workflow::<u32>::new(0).register(0, book {});
}

fn main() {}
