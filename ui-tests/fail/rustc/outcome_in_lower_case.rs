use cano::prelude::*;

pub enum Verdict {
    Valid(u32),
    Refused,
}

#[task]
async fn check() -> CanoResult<Verdict> {
    Ok(Verdict::Refused)
}

workflow! {
    enum Order {
        #[start] Begin = match check {
            refused => Rejected,
            Valid(n) => Booked { n },
        },
        #[exit] Booked { n: u32 },
        #[exit] Rejected,
    }
}

fn main() {}
