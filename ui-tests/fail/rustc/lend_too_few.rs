use cano::prelude::*;

#[task]
async fn book(invoice: &u32, note: &str) -> CanoResult<()> {
    println!("{invoice} {note}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { invoice: u32, note: String } = book(invoice) >> Done,
        #[exit] Done,
    }
}

fn main() {}
