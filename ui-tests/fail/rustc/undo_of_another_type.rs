use cano::prelude::*;

#[task]
async fn charge(total: u32) -> CanoResult<u32> {
    Ok(total)
}

#[task]
async fn refund(receipt: &str) -> CanoResult<()> {
    println!("{receipt}");
    Ok(())
}

workflow! {
    enum Order {
        #[start]
        #[undo(refund(outcome))]
        Charge { total: u32 } = match charge(total) { receipt => Again { receipt } },
        #[undo(refund)]
        Again { receipt: u32 } = match charge(receipt) { _ => Done },
        #[exit] Done,
    }
}

fn main() {}
