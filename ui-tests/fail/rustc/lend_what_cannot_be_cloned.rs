use cano::prelude::*;

pub struct Invoice;

#[task]
async fn book(_invoice: Invoice) -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { invoice: Invoice } = book(invoice) >> Done,
        #[exit] Done,
    }
}

fn main() {}
