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
        #[start] Sort = sort >> [Small, Lrage],
        #[exit] Small,
        #[exit] Large,
    }
}

fn main() {}
