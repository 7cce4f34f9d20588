workflow! {
    enum Order {
        #[start] Book = book >> Booked,
        Booked = book >> Book,
    }
}
use cano::prelude::*;
#[task] async fn book() -> CanoResult<()> { Ok(()) }
fn main() {}
