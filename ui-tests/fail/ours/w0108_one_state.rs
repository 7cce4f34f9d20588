use cano::prelude::*;

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Begin = match flip { true => Done, false => Wait },
        Wait = match flip { true => Wait, false => Wait },
        #[exit] Done,
    }
}

fn main() {}
