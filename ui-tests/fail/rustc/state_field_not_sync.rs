use std::cell::Cell;

use cano::prelude::*;

#[task]
async fn look(n: &Cell<u32>) -> CanoResult<()> {
    let _ = n;
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { n: Cell<u32> } = look(n) >> Done,
        #[exit] Done,
    }
}

fn main() {}
