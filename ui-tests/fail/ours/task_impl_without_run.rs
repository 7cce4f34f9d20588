use cano::prelude::*;

pub struct Book;

#[task]
impl Book {
    async fn book(&self) -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
