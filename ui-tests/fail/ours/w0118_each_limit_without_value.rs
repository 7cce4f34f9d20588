use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { urls: Vec<u32> } = each(go, over = urls, limit) >> Done,
        #[exit] Done,
    }
}

fn main() {}
