use cano::prelude::*;

pub enum Verdict {
    Valid(u32),
    Refused,
}

#[task]
async fn check() -> CanoResult<Verdict> {
    Ok(Verdict::Refused)
}

fn twice(n: u32) -> Option<u32> {
    n.checked_mul(2)
}

workflow! {
    enum Order {
        #[start] Begin = match check {
            Valid(n) if twice(n)? > 3 => Booked { n },
            _ => Refused,
        },
        #[exit] Booked { n: u32 },
        #[exit] Refused,
    }
}

fn main() {}
