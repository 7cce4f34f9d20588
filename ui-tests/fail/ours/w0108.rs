workflow! {
    enum Order {
        #[start] Check = match check {
            true => Booked,
            false => Ask,
        },
        Ask = ask >> Wait,
        Wait = wait >> Ask,
        #[exit] Booked,
    }
}
use cano::prelude::*;
#[task] async fn check() -> CanoResult<bool> { Ok(true) }
#[task] async fn ask() -> CanoResult<()> { Ok(()) }
#[task] async fn wait() -> CanoResult<()> { Ok(()) }
fn main() {}
