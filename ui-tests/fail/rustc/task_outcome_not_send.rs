use std::rc::Rc;

use cano::prelude::*;

#[task]
async fn book() -> CanoResult<Rc<u32>> {
    Ok(Rc::new(1))
}

fn main() {}
