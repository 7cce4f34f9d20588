workflow! {
    #[schedule("0 9 * * 8")]
    enum Count {
        #[start] Begin = tally >> Done,
        #[exit] Done,
    }
}
use cano::prelude::*;
#[task] async fn tally() -> CanoResult<()> { Ok(()) }
fn main() {
    // The table says a schedule, so that this is no second mistake.
    let _ = Scheduler::new().scheduled("count", Count::workflow());
}
