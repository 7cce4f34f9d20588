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
            Valid(n) => Booked { n, note },
            Refused => Rejected,
        },
        #[exit] Booked { n: u32, note: String },
        #[exit] Rejected,
    }
}

fn main() {}
