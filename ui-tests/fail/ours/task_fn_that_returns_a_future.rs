use cano::prelude::*;

#[task]
fn ask(n: u32) -> impl Future<Output = CanoResult<u32>> {
    async move { Ok(n) }
}

fn main() {}
