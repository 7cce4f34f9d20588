use cano::prelude::*;

pub struct Book;

#[node]
impl Node<u32> for Book {
    async fn prep(&self, _: &MemoryStore) -> Result<(), CanoError> {
        Ok(())
    }

    async fn exec(&self, (): ()) {}

    async fn post(&self, _: &MemoryStore, (): ()) -> Result<u32, CanoError> {
        Ok(1)
    }
}

fn main() {}
