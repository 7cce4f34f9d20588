use cano::prelude::*;

#[task]
async fn book() -> Result<(), Box<dyn std::error::Error>> {
    Ok(())
}

fn main() {}
