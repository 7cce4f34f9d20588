use cano::prelude::*;

pub struct Book;

#[task]
impl Book {
    async fn runn(&self) -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
