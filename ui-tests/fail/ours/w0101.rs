workflow! {
    enum Order {
        Book { amount: u32 } = book >> Booked,
        #[exit] Booked,
    }
}
use cano::prelude::*;
#[task] async fn book(amount: u32) -> CanoResult<()> { drop(amount); Ok(()) }
fn main() {}
