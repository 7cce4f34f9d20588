use cano::prelude::*;

pub struct Book;
pub struct Ledger;

#[task]
impl Task<u32> for Book {
    async fn run(&self, _: &Ledger) -> Result<u32, CanoError> {
        Ok(1)
    }
}

fn main() {}
