use cano::prelude::*;

pub struct Book;

#[task]
impl Clone for Book {
    fn clone(&self) -> Self {
        Self
    }
}

fn main() {}
