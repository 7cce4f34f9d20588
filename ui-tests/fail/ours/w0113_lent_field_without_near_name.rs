use cano::prelude::*;

#[task]
async fn book(invoice: &u32) -> CanoResult<()> {
    println!("{invoice}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { amount: u32, note: String } = book(invoice) >> Done,
        #[exit] Done,
    }
}

fn main() {}
