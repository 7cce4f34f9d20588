use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

static EIGHT: usize = 8;

workflow! {
    enum Order {
        #[limit(EIGHT)]
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
