use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Booked,
        #[exit] Booked { n: u32, note: String },
    }
}

fn main() {}
