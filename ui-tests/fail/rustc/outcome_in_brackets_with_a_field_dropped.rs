use cano::prelude::*;

pub enum Sorted {
    Small,
    Large { by: u32 },
}

#[task]
async fn sort() -> CanoResult<Sorted> {
    Ok(Sorted::Small)
}

workflow! {
    enum Order {
        #[start] Sort = sort >> [Small, Large],
        #[exit] Small,
        #[exit] Large,
    }
}

fn main() {}
