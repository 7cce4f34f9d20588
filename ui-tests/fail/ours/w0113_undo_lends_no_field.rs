use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[undo(go(order))]
        #[start] Begin { oder: u8 } = go() >> Done,
        #[exit] Done,
    }
}

fn main() {}
