use cano::prelude::*;

#[task]
async fn book() -> Option<u32> {
    None
}

fn main() {}
