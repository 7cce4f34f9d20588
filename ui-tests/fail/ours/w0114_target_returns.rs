use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = match go { () => return Done },
        #[exit] Done,
    }
}

fn main() {}
