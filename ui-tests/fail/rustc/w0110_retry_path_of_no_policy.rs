use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

const POLICY: u32 = 3;

workflow! {
    enum Order {
        #[start] #[retry(POLICY)] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
