workflow! {
    enum Order {
        #[start] Check = match check {
            true => Book,
            false => Rejectd,
        },
        Book = book >> Booked,
        #[exit] Booked,
        #[exit] Rejected,
    }
}
use cano::prelude::*;
#[task] async fn check() -> CanoResult<bool> { Ok(true) }
#[task] async fn book() -> CanoResult<()> { Ok(()) }
fn main() {}
