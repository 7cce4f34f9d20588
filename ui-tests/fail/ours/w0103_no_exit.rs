use cano::prelude::*;

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Begin = match flip { true => Next, false => Begin },
        Next = match flip { true => Begin, false => Next },
    }
}

fn main() {}
