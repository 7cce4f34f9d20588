use cano::prelude::*;

enum Found {
    Here { at: u32 },
    Nowhere,
}

#[task]
async fn find(n: u32) -> CanoResult<Found> {
    Ok(if n > 0 { Found::Here { at: n } } else { Found::Nowhere })
}

workflow! {
    enum Search {
        #[start] Begin { n: u32 } = match find(n) {
            Hree { at } => Done { at },
            Nowhere => Lost,
        },
        #[exit] Done { at: u32 },
        #[exit] Lost,
    }
}

fn main() {}
