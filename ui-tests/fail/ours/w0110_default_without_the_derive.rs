use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[derive(Debug)]
    enum Order {
        #[start] #[default] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
