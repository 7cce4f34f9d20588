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
        #[start]
        #[undo(tell(outcome))]
        Begin { outcome: u32 } = match ask(outcome) { n => Done { n } },
        #[exit] Done { n: u32 },
    }
}

fn main() {}
