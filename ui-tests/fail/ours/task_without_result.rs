use cano::prelude::*;

#[task]
async fn book() -> u32 {
    3
}

fn main() {}
