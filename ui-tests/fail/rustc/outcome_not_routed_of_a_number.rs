use cano::prelude::*;

#[task]
async fn count(n: &u32) -> CanoResult<u32> {
    Ok(*n)
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = match count(n) {
            0 => Rejected,
            1..=9 => Booked { n },
        },
        #[exit] Booked { n: u32 },
        #[exit] Rejected,
    }
}

fn main() {}
