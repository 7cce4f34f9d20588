use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Done,
        #[cfg(feature = "review")] Review = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
