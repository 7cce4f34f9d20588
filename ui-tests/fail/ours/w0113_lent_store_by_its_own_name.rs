use cano::prelude::*;

pub struct Db;

#[task]
async fn ask(n: u32, db: &Db) -> CanoResult<u32> {
    let _ = db;
    Ok(n)
}

workflow! {
    #[store(Db)]
    enum Order {
        #[start] Begin { n: u32 } = match ask(n, db) { _ => Done },
        #[exit] Done,
    }
}

fn main() {}
