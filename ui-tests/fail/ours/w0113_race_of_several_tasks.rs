use cano::prelude::*;

#[task]
async fn ask(n: u32) -> CanoResult<u32> {
    Ok(n)
}

#[task]
async fn tell(n: u32) -> CanoResult<()> {
    println!("{n}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = match race(ask(n), ask(n)) { m => Done { m } },
        #[exit] Done { m: u32 },
    }
}

fn main() {}
