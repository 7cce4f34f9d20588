workflow! {
    enum Order {
        #[start] Check { amount: u32 } = check(amount) >> Book { total: amount },
        Book { total: u32 } = book(amount) >> Booked,
        #[exit] Booked,
    }
}
use cano::prelude::*;
#[task] async fn check(amount: u32) -> CanoResult<()> { drop(amount); Ok(()) }
#[task] async fn book(amount: u32) -> CanoResult<()> { drop(amount); Ok(()) }
fn main() {}
