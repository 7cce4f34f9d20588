use cano::prelude::*;

workflow! {
    enum Order
}

fn main() {}
