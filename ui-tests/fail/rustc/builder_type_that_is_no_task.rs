use cano::prelude::*;

pub struct Book;

fn build() {
    Workflow::<u32>::new(0).register(0, Book);
}

fn main() {}
