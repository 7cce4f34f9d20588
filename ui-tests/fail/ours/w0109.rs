workflow! {
    enum Order {
        #[start] Count = match count {
            n => if n < 100 { Booked } else { Review },
        },
        #[exit] Booked,
        #[exit] Review,
    }
}
use cano::prelude::*;
#[task] async fn count() -> CanoResult<u32> { Ok(5) }
fn main() {}
