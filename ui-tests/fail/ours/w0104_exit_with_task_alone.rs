use cano::prelude::*;

#[task]
async fn save() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = save >> Saved,
        #[exit] Saved = save(),
    }
}

fn main() {}
