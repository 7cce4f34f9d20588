use cano::prelude::*;

pub struct Book;

#[task(retry = none)]
impl Task<u32> for Book {
    fn config(&self) -> TaskConfig {
        TaskConfig::minimal()
    }

    async fn run(&self, _: &MemoryStore) -> Result<u32, CanoError> {
        Ok(1)
    }
}

fn main() {}
