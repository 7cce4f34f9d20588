use cano::prelude::*;

pub enum Verdict {
    Valid(u32),
    Refused,
}

#[task]
async fn check() -> CanoResult<Verdict> {
    Ok(Verdict::Refused)
}

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Begin = match (check, flip) {
            (Valid(n), true) => Booked { n },
            (Refused, _) => Rejected,
        },
        #[exit] Booked { n: u32 },
        #[exit] Rejected,
    }
}

fn main() {}
