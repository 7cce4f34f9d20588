use cano::prelude::*;

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Begin = match flip {
            yes => if yes { Done } else { Refused },
        },
        #[exit] Done,
        #[exit] Refused,
    }
}

fn main() {}
