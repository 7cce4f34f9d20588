use cano::prelude::*;

pub struct Book;

#[task]
impl Book {
    async fn run<T: std::fmt::Debug>(&self, line: &T) -> CanoResult<()> {
        println!("{line:?}");
        Ok(())
    }
}

fn main() {}
