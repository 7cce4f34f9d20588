use std::rc::Rc;

use cano::prelude::*;

#[task]
async fn book() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { n: Rc<u32> } = book() >> Done { n },
        #[exit] Done { n: Rc<u32> },
    }
}

fn main() {}
