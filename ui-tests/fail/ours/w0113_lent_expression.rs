use cano::prelude::*;

#[task]
async fn book(invoice: &u32) -> CanoResult<()> {
    println!("{invoice}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { invoice: u32 } = book(&invoice) >> Next { amount: invoice },
        Next { amount: u32 } = book(amount + 1) >> Done,
        #[exit] Done,
    }
}

fn main() {}
