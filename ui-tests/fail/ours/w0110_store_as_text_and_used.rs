use cano::prelude::*;

pub struct Ledger;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[store("Ledger")]
    enum Order {
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

#[allow(dead_code)]
async fn run() -> CanoResult<()> {
    Order::run(&Ledger).await?;
    Ok(())
}

fn main() {}
