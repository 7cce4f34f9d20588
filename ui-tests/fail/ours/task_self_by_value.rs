use cano::prelude::*;

pub struct Book;

#[task]
impl Book {
    async fn run(self) -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
