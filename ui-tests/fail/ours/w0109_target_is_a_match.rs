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
            Valid(n) => match n {
                0 => Refused,
                n => Booked { n },
            },
            Refused => Refused,
        },
        #[exit] Booked { n: u32 },
        #[exit] Refused,
    }
}

fn main() {}
