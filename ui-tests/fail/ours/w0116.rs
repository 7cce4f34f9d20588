workflow! {
    enum Countdown {
        #[start] Count { n: u32 } = match is_left {
            true => Next { n: n - 1 },
            false => Zero,
        },
        Next { n: u32 } = match Countdown(n) { Zero => Zero },
        #[exit] Zero,
    }
}
use cano::prelude::*;
#[task] async fn is_left(n: u32) -> CanoResult<bool> { Ok(n > 0) }
fn main() {}
