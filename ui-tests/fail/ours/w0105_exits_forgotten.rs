use cano::prelude::*;

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Begin = match flip { true => Booked, false => Rejected },
        Booked,
        Rejected,
    }
}

fn main() {}
