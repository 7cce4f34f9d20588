use cano::prelude::*;

pub struct Book;

#[task]
impl Book {
    fn run(&self) -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
