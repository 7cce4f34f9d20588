use cano::prelude::*;

pub enum Sorted {
    Small { n: u32 },
    Large,
}

#[task]
async fn sort() -> CanoResult<Sorted> {
    Ok(Sorted::Small { n: 1 })
}

workflow! {
    enum Order {
        #[start] Sort = sort >> [Small { n }, Large],
        #[exit] Small { n: u32 },
        #[exit] Large,
    }
}

fn main() {}
