workflow! {
    enum Order {
        #[start]
        #[retry(fixed(3, 10))]
        Book = book >> Booked,
        #[exit] Booked,
    }
}
use cano::prelude::*;
#[task] async fn book() -> CanoResult<()> { Ok(()) }
fn main() {}
