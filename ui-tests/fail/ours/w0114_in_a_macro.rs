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
            Valid(n) => Booked { text: format!("{}", u8::try_from(n)?) },
            Refused => Rejected,
        },
        #[exit] Booked { text: String },
        #[exit] Rejected,
    }
}

fn main() {}
