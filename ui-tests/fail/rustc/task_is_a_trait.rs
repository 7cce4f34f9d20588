use cano::prelude::*;

workflow! {
    enum Order {
        #[start] Begin = Clone >> Done,
        #[exit] Done,
    }
}

fn main() {}
