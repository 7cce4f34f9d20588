use cano::prelude::*;

#[task]
async fn book() -> bool {
    true
}

workflow! {
    enum Order {
        #[start] Begin = match book { true => Done, false => Done },
        #[exit] Done,
    }
}

fn main() {}
