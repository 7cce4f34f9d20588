use cano::prelude::*;

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Begin = match flip {
            Some(n) => Booked { n },
            Missing => Rejected,
        },
        #[exit] Booked { n: u32 },
        #[exit] Rejected,
    }
}

fn main() {}
