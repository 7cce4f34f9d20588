workflow! {
    enum Order {
        #[start] Check = check >> Book,
        Book,
        #[exit] Booked,
    }
}
use cano::prelude::*;
#[task] async fn check() -> CanoResult<()> { Ok(()) }
fn main() {}
