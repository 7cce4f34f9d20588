#![deny(warnings)]
use cano::prelude::*;

pub enum Verdict {
    #[deprecated = "use `Refused`"]
    Declined,
    Refused,
}

#[task]
async fn check() -> CanoResult<Verdict> {
    Ok(Verdict::Refused)
}

workflow! {
    pub enum Order {
        #[start] Begin = match check {
            Declined => Rejected,
            Refused => Rejected,
        },
        #[exit] Rejected,
    }
}

fn main() {}
