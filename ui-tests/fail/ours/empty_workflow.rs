use cano::prelude::*;

workflow! {}

fn main() {}
