use cano::prelude::*;

#[task]
async fn book(invoice: &u32) -> CanoResult<()> {
    println!("{invoice}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { invoice: u32, note: String } = book(invioce) >> Done,
        #[exit] Done,
    }
}

fn main() {}
