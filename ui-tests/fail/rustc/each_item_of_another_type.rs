use cano::prelude::*;

#[task]
async fn greet(_letter: &u8) -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { names: Vec<String> } = each(greet, over = names) >> Done,
        #[exit] Done,
    }
}

fn main() {}
