use cano::prelude::*;

#[task]
async fn book() -> CanoResult<impl std::fmt::Debug> {
    Ok(3)
}

fn main() {}
