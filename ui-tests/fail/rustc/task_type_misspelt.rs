use cano::prelude::*;

#[derive(Default)]
struct Client;

#[task]
impl Client {
    async fn run(&self) -> CanoResult<()> {
        Ok(())
    }
}

workflow! {
    enum Order {
        #[start] Begin = Clent >> Done,
        #[exit] Done,
    }
}

fn main() {}
