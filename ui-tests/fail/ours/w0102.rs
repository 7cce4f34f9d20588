workflow! {
    enum Order {
        #[start] Check { amount: u32 } = check >> Book { amount },
        #[start] Book { amount: u32 } = book >> Booked,
        #[exit] Booked,
    }
}
use cano::prelude::*;
#[task] async fn check(amount: u32) -> CanoResult<()> { drop(amount); Ok(()) }
#[task] async fn book(amount: u32) -> CanoResult<()> { drop(amount); Ok(()) }
fn main() {}
