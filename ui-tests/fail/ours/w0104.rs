workflow! {
    enum Order {
        #[start] Book = book >> Notify,
        #[exit] Notify = notify >> Booked,
        #[exit] Booked,
    }
}
use cano::prelude::*;
#[task] async fn book() -> CanoResult<()> { Ok(()) }
#[task] async fn notify() -> CanoResult<()> { Ok(()) }
fn main() {}
