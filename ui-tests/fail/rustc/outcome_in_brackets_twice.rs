use cano::prelude::*;

#[task]
async fn check(n: u32) -> CanoResult<bool> {
    Ok(n > 1)
}

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

pub enum Found { Done }
#[task]
async fn find() -> CanoResult<Found> { Ok(Found::Done) }
workflow! {
    enum Order {
        #[start] Begin = find >> [Done, Done],
        #[exit] Done,
    }
}

fn main() {}
