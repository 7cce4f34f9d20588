use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { names: Vec<String> } = each(go, over = names) >> Done,
        #[exit] Done,
    }
}

fn main() {}
