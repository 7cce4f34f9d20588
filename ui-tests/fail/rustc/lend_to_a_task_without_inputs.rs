use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { invoice: u32 } = go >> Done { invoice },
        #[exit] Done { invoice: u32 },
    }
}

fn main() {}
