use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Done,
        Wait = go >> Wait,
        #[exit] Done,
    }
}

fn main() {}
