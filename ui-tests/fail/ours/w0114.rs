workflow! {
    enum Order {
        #[start] Read = match read {
            line => Booked { amount: line.parse()? },
        },
        #[exit] Booked { amount: u32 },
    }
}
use cano::prelude::*;
#[task] async fn read() -> CanoResult<String> { Ok("5".to_string()) }
fn main() {}
