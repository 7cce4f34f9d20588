#![deny(unused)]
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
    pub enum Order {
        #[start] Begin = match check {
            Valid(n) => Rejected,
            Refused => Rejected,
        },
        #[exit] Rejected,
    }
}

fn main() {}
