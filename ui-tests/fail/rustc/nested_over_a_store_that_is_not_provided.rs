use cano::prelude::*;

pub struct Till;

#[task]
async fn ask(_store: &Till) -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[store(Till)]
    pub enum Payment {
        #[start] Ask = ask >> Paid,
        #[exit] Paid,
    }
}

workflow! {
    enum Order {
        #[start] Pay = match Payment { Paid => Done },
        #[exit] Done,
    }
}

fn main() {}
