use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> ,
        Next = go >> Dne,
        #[exit] Done,
    }
}

fn main() {}
