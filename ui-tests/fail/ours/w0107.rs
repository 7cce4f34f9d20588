workflow! {
    enum Order {
        #[start] Check = check >> Booked,
        Book = book >> Booked,
        #[exit] Booked,
    }
}
use cano::prelude::*;
#[task] async fn check() -> CanoResult<()> { Ok(()) }
#[task] async fn book() -> CanoResult<()> { Ok(()) }
fn main() {}
