use cano::prelude::*;

pub struct Book;

#[task]
impl Book {
    async fn run(self: Box<Self>) -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
