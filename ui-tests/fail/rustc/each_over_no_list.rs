use cano::prelude::*;

#[task]
async fn greet(_letter: &u8) -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { name: String } = each(greet, over = name) >> Done,
        #[exit] Done,
    }
}

fn main() {}
