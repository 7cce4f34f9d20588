use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    pub enum Payment {
        #[start] Ask = go >> Paid,
        #[exit] Paid,
    }
}

workflow! {
    enum Order {
        #[start] Pay = Payment >> Done,
        #[exit] Done,
    }
}

fn main() {}
