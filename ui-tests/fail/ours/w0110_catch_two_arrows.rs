use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[catch(a => Done, b => Failed)] Begin = go >> Done,
        #[exit] Failed,
        #[exit] Done,
    }
}

fn main() {}
