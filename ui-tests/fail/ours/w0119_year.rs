workflow! {
    #[schedule("0 0 0 29 2 * 2025-2027")]
    enum Count {
        #[start] Begin = tally >> Done,
        #[exit] Done,
    }
}
use cano::prelude::*;
#[task] async fn tally() -> CanoResult<()> { Ok(()) }
fn main() { let _ = Count::workflow(); }
