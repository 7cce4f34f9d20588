use cano::prelude::*;

pub struct Book;

#[task]
impl Task<u32> for Book {
    async fn run(&self, _: &MemoryStore) -> Result<String, CanoError> {
        Ok(String::new())
    }
}

fn main() {}
