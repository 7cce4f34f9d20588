use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

struct Invoice;

workflow! {
    pub enum Order {
        #[start] Begin { n: Invoice } = go() >> Done,
        #[exit] Done,
    }
}

fn main() {}
