workflow! {
    #[schedule("0 9 * * *")]
    #[schedule("0 17 * * *")]
    enum Count {
        #[start] Begin = tally >> Done,
        #[exit] Done,
    }
}
use cano::prelude::*;
#[task] async fn tally() -> CanoResult<()> { Ok(()) }
fn main() {}
