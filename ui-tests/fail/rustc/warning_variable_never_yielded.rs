#![deny(dead_code)]
use cano::prelude::*;

enum Verdict {
    Valid,
    Refused,
}

#[task]
async fn check() -> CanoResult<Verdict> {
    Ok(Verdict::Refused)
}

workflow! {
    pub(crate) enum Order {
        #[start] Begin = match check {
            Valid => Booked,
            Refused => Rejected,
        },
        #[exit] Booked,
        #[exit] Rejected,
    }
}

fn main() {
    drop(Order::workflow());
}
