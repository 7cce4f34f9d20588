use cano::prelude::*;

pub struct Double;

#[node]
impl Double {}

fn main() {}
