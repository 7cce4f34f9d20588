use cano::prelude::*;

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = match flip { true => Done, false => Ask },
        Ask = go >> Wait,
        Wait = go >> Ask,
        #[exit] Done,
    }
}

fn main() {}
