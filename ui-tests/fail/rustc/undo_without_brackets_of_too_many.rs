use cano::prelude::*;

#[task]
async fn ask(n: u32) -> CanoResult<u32> {
    Ok(n)
}

#[task]
async fn forget(n: u32) -> CanoResult<()> {
    println!("{n}");
    Ok(())
}

workflow! {
    enum Order {
        #[start]
        #[undo(forget)]
        Begin { n: u32, note: String } = match ask(n) { m => Done { m } },
        #[exit] Done { m: u32 },
    }
}

fn main() {}
