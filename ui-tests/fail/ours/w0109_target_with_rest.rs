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
        #[start] Begin { a: u32, b: u32 } = match check {
            Valid(n) => Booked { n, ..self },
            Refused => Refused,
        },
        #[exit] Booked { n: u32, a: u32, b: u32 },
        #[exit] Refused,
    }
}

fn main() {}
