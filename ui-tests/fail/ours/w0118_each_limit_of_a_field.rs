use cano::prelude::*;

#[task]
async fn tell(n: u32) -> CanoResult<()> {
    println!("{n}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { numbers: Vec<u32>, most: usize } = each(tell, over = numbers, limit = most) >> Done,
        #[exit] Done,
    }
}

fn main() {}
