use cano::prelude::*;

pub struct Book;

#[task]
impl Task for Book {
    async fn run(&self, _: &MemoryStore) -> Result<u32, CanoError> {
        Ok(1)
    }
}

fn main() {}
