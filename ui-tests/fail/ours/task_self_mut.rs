use cano::prelude::*;

pub struct Book;

#[task]
impl Book {
    async fn run(&mut self) -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
