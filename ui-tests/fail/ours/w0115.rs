workflow! {
    enum Order {
        #[start] Parse { line: &str } = parse >> Done,
        #[exit] Done,
    }
}
use cano::prelude::*;
#[task] async fn parse(line: &str) -> CanoResult<()> { drop(line.len()); Ok(()) }
fn main() {}
