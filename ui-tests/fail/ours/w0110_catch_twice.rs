use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start]
        #[catch(StoreError::NotFound { .. } => Done)]
        #[catch(StoreError::NotFound { .. } => Lost)]
        Begin = go >> Done,
        #[exit] Done,
        #[exit] Lost,
    }
}

fn main() {}
