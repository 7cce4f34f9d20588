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
            Vald(n) => Booked { n },
            Refused => Rejected,
        },
        #[exit] Booked { n: u32 },
        #[exit] Rejected,
    }
}

fn main() {}
