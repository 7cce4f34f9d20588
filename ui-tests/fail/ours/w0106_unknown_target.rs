use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Validate,
        Valdate = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
