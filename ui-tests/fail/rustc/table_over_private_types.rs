use cano::prelude::*;

struct Ledger;

#[derive(Default)]
struct Client;

#[task]
impl Client {
    async fn run(&self) -> CanoResult<()> {
        Ok(())
    }
}

workflow! {
    #[store(Ledger)]
    pub enum Order {
        #[start] Begin = Client >> Done,
        #[exit] Done,
    }
}

fn main() {}
