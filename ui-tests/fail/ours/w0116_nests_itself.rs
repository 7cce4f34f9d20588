use cano::prelude::*;

#[task]
async fn decrease(n: u32) -> CanoResult<bool> {
    Ok(n > 0)
}

workflow! {
    enum Countdown {
        #[start] Count { n: u32 } = match decrease { true => Again { n: n - 1 }, false => Zero },
        Again { n: u32 } = match Countdown(n) { Zero => Zero },
        #[exit] Zero,
    }
}

fn main() {}
