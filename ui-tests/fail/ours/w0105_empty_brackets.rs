use cano::prelude::*;

workflow! {
    enum Order {
        #[start] Begin = () >> Done,
        #[exit] Done,
    }
}

fn main() {}
