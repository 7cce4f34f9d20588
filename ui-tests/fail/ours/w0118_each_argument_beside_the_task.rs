use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { urls: Vec<u32>, client: u8 } = each(go, client, over = urls) >> Done,
        #[exit] Done,
    }
}

fn main() {}
