use cano::prelude::*;

pub trait Bank {
    fn pay(&self);
}

#[task]
async fn count() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[store(dyn Bank)]
    enum Order {
        #[start] Begin = count >> Next,
        Next = count >> Done,
        #[exit] Done,
    }
}

fn main() {}
