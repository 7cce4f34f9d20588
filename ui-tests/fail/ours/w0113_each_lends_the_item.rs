use cano::prelude::*;

#[task]
async fn tell(n: u32) -> CanoResult<()> {
    println!("{n}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { numbers: Vec<u32> } = each(tell(number), over = numbers) >> Done,
        #[exit] Done,
    }
}

fn main() {}
