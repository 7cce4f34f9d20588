use cano::prelude::*;

#[task]
async fn greet(name: &str) -> CanoResult<()> {
    println!("{name}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { names: String } = each(greet, over = names) >> Done,
        #[exit] Done,
    }
}

fn main() {}
