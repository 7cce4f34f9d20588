use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Done,
        Review = go >> Book,
        Book = go >> Booked,
        #[exit] Booked,
        #[exit] Done,
    }
}

fn main() {}
