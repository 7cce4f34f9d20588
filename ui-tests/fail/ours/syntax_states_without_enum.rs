use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[start] Begin = go >> Done,
    #[exit] Done,
}

fn main() {}
