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
        #[start] Begin = match flip { true => Done, false => Fork },
        Fork = match flip { true => Ask, false => Wait },
        Ask = go >> Ask,
        Wait = go >> Wait,
        #[exit] Done,
    }
}

fn main() {}
