use cano::prelude::*;

pub struct Book;

impl Book {
    #[task]
    async fn book() -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
