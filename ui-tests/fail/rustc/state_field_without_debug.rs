use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

pub struct Invoice;

workflow! {
    #[derive(Debug)]
    enum Order {
        #[start] Begin { n: Invoice } = go() >> Done,
        #[exit] Done,
    }
}

fn main() {}
