use cano::prelude::*;

#[task]
async fn find(n: u32) -> CanoResult<Option<u32>> {
    Ok(Some(n))
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = match (find(n), find(n)) {
            (Some(_), Some(_)) => Done,
            (None, _) => Done,
        },
        #[exit] Done,
    }
}

fn main() {}
