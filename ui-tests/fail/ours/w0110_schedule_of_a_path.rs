workflow! {
    #[schedule(NIGHTLY)]
    enum Count {
        #[start] Begin = tally >> Done,
        #[exit] Done,
    }
}
use cano::prelude::*;
#[task] async fn tally() -> CanoResult<()> { Ok(()) }
fn main() { let _ = Count::workflow(); }
