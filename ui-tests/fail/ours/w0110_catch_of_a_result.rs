use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[catch(Err(error) => Done)] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
