use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Begin = match (go, flip) {
            ((), true, _) => Done,
            _ => Done,
        },
        #[exit] Done,
    }
}

fn main() {}
