use cano::prelude::*;

#[task]
async fn count(n: u32) -> CanoResult<()> {
    println!("{n}");
    Ok(())
}

workflow! {
    enum Count {
        #[start] Begin { n: u32, n: u32 } = count(n) >> Done { total: 1 },
        #[exit] Done { total: u32, total: u32 },
    }
}

fn main() {}
