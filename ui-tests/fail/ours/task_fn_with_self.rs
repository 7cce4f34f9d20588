use cano::prelude::*;

pub struct Book;

impl Book {
    #[task]
    async fn run(&self) -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
