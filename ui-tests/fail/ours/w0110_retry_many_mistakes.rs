use cano::prelude::*;

#[task(retry = fixed(0, "1", within = "0s"), timeout = 2)]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start]
        #[retry(exponential(0, base = "1", mx = "30s", jitter = 2.0, within))]
        Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
