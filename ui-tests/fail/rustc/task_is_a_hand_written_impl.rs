use cano::prelude::*;

#[derive(Default)]
struct Client;

#[async_trait]
impl Task<()> for Client {
    async fn run(&self, _: &MemoryStore) -> Result<(), CanoError> {
        Ok(())
    }
}

workflow! {
    enum Order {
        #[start] Begin = Client >> Done,
        #[exit] Done,
    }
}

fn main() {}
