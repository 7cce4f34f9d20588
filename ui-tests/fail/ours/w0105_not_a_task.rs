use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = n.go() >> Next,
        Next = async { go().await } >> Done,
        #[exit] Done,
    }
}

fn main() {}
