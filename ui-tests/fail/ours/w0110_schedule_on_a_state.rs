workflow! {
    enum Count {
        #[start] #[schedule("0 9 * * *")] Begin = tally >> Done,
        #[exit] Done,
    }
}
use cano::prelude::*;
#[task] async fn tally() -> CanoResult<()> { Ok(()) }
fn main() {}
