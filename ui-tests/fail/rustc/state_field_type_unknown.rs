use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { n: Invoice } = go() >> Done,
        #[exit] Done,
    }
}

fn main() {}
