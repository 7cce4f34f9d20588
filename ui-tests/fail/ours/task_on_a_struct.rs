use cano::prelude::*;

#[task]
pub struct Book {
    line: u32,
}

fn main() {}
