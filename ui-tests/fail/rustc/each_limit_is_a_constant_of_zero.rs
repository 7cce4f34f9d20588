use cano::prelude::*;

#[task]
async fn greet(_name: &str) -> CanoResult<()> {
    Ok(())
}

const AT_ONCE: usize = 0;

workflow! {
    enum Order {
        #[start] Begin { names: Vec<String> } = each(greet, over = names, limit = AT_ONCE) >> Done,
        #[exit] Done,
    }
}

fn main() {}
