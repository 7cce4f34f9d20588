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
            Valid(1) => Booked { n: twice(1)? },
            Valid(2) => Booked { n: return },
            Valid(3) => Booked { n: async { 3 }.await },
            Valid(_) => Booked { n: break },
            Refused => Refused,
        },
        #[exit] Booked { n: u32 },
        #[exit] Refused,
    }
}

fn main() {}
