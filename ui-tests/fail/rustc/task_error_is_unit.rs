use cano::prelude::*;

#[task]
async fn book() -> Result<u32, ()> {
    Err(())
}

fn main() {}
