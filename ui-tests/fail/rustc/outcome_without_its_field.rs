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
            Valid => Rejected,
            Refused => Rejected,
        },
        #[exit] Rejected,
    }
}

fn main() {}
