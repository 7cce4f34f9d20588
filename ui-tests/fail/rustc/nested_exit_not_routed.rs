use cano::prelude::*;

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    pub enum Payment {
        #[start] Ask = match flip { true => Paid, false => Declined },
        #[exit] Paid,
        #[exit] Declined,
    }
}

workflow! {
    enum Order {
        #[start] Pay = match Payment { Paid => Done },
        #[exit] Done,
    }
}

fn main() {}
