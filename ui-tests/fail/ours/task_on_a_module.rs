use cano::prelude::*;

#[task]
mod book {}

fn main() {}
