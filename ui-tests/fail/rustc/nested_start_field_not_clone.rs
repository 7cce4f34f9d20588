use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

pub struct Invoice;

workflow! {
    pub enum Payment {
        #[start] Ask { invoice: Invoice } = go() >> Paid { invoice },
        #[exit] Paid { invoice: Invoice },
    }
}

workflow! {
    enum Order {
        #[start] Pay { invoice: Invoice } = match Payment(invoice) {
            Paid { .. } => Done,
        },
        #[exit] Done,
    }
}

fn main() {}
