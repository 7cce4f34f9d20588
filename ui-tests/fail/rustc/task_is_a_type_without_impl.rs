use cano::prelude::*;

#[derive(Default)]
struct Client;

workflow! {
    enum Order {
        #[start] Begin = Client >> Done,
        #[exit] Done,
    }
}

fn main() {}
