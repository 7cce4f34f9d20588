use cano::prelude::*;

pub enum Sorted {
    Small,
    Large,
}

#[task]
async fn sort() -> CanoResult<Sorted> {
    Ok(Sorted::Small)
}

workflow! {
    enum Order {
        #[start] Sort = sort >> [Small, Large, Failed],
        #[exit] Small,
        #[exit] Large,
        #[exit] Failed,
    }
}

fn main() {}
