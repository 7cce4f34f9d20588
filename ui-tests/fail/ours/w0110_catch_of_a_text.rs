use cano::prelude::*;

#[task]
async fn tell(n: u32) -> CanoResult<()> {
    println!("{n}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[catch("closed" => Done)] Begin { n: u32 } = tell(n) >> Done,
        #[exit] Done,
    }
}

fn main() {}
