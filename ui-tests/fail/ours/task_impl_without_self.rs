use cano::prelude::*;

pub struct Book;

#[task]
impl Book {
    async fn run() -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
