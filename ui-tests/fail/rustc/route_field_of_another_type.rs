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
            Valid(n) => Booked { n },
            Refused => Rejected,
        },
        #[exit] Booked { n: u64 },
        #[exit] Rejected,
    }
}

fn main() {}
