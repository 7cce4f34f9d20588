use cano::prelude::*;

workflow! {
    pub enum Order {}
}

fn main() {}
