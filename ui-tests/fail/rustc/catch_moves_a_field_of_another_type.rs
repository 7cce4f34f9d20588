use cano::prelude::*;

#[task]
async fn take(n: String) -> CanoResult<()> {
    drop(n);
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[catch(error => Failed { n, error })] Begin { n: String } = take(n) >> Done,
        #[exit] Done,
        #[exit] Failed { n: u32, error: CanoError },
    }
}

fn main() {}
