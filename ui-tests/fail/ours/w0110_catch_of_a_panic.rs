use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[catch(CanoError::Panicked(_) => Done)] Begin = go >> Next,
        #[catch(CanoError::Panicked(panicked) if panicked.to_string() == "a" => Done)]
        Next = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
