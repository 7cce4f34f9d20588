use std::rc::Rc;

use cano::prelude::*;

#[task]
async fn book() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = book() >> Next { n: Rc::new(1) },
        Next { n: Rc<u32> } = book() >> Done,
        #[exit] Done,
    }
}

fn main() {}
