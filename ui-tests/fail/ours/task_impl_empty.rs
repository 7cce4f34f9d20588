use cano::prelude::*;

pub struct Book;

#[task]
impl Book {}

fn main() {}
