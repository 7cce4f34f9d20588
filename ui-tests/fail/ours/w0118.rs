workflow! {
    enum Download {
        #[start] Begin { urls: Vec<String> } = match each(fetch) {
            sizes => Done { sizes },
        },
        #[exit] Done { sizes: Vec<u64> },
    }
}
use cano::prelude::*;
#[task] async fn fetch(_url: &str) -> CanoResult<u64> { Ok(1) }
fn main() {}
