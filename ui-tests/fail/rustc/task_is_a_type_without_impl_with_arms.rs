use cano::prelude::*;

#[derive(Default)]
struct Client;

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = match Client(n) {
            Some(_) => Done,
            None => Done,
        },
        #[exit] Done,
    }
}

fn main() {}
