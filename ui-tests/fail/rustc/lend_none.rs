use cano::prelude::*;

#[task]
async fn book(invoice: &u32) -> CanoResult<()> {
    println!("{invoice}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { invoice: u32 } = book() >> Done,
        #[exit] Done,
    }
}

fn main() {}
