use cano::prelude::*;

pub struct Closed;

#[task]
async fn book() -> Result<(), Closed> {
    Err(Closed)
}

fn main() {}
