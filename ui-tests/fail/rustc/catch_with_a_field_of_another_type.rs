use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[catch(error => Failed { reason: error })]
        #[start]
        Begin = go >> Done,
        #[exit] Failed { reason: String },
        #[exit] Done,
    }
}

fn main() {}
