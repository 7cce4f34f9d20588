use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[workflow(krate = ::cano)]
    enum Order {
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
