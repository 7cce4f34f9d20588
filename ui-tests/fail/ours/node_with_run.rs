use cano::prelude::*;

pub struct Double;

#[node]
impl Double {
    async fn run(&self) -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
