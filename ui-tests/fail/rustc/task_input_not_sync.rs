use std::cell::Cell;

use cano::prelude::*;

#[task]
async fn book(count: &Cell<u32>) -> CanoResult<()> {
    count.set(1);
    Ok(())
}

fn main() {}
